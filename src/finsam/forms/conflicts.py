"""Two people in one form: what stood there when it was opened, and a choice a field when somebody has saved since."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from finsam.access import versions
from finsam.values import nested

SEEN: Final = "seen"  # the record's version when the form was opened
OPENED: Final = "opened"  # what stood in its fields then
CHOOSING: Final = "choosing"  # sent by the page where one chooses
CHOICE: Final = "choose-"  # before a field's name: which of the two values holds
MINE, THEIRS = "mine", "theirs"

Raw = list[str]  # a field's values as a browser sends them


@dataclass(frozen=True)
class Opened:
    """A record as a form shows it, and the version it is of."""

    record: Any
    version: str


def opened(record: Any, rows: str = "") -> Opened:
    """Read a record anew for a form that changes it, or that changes its rows of one kind.

    The version is read first: what is saved between the two readings is then seen as saved after.
    """
    version = versions.version_of(record, rows) if rows else versions.version(record)
    record.refresh_from_db()
    return Opened(record, version)


@dataclass(frozen=True)
class Difference:
    """A field where what was written is not what stands now: the three values in words, and which one is chosen."""

    name: str
    label: str
    wrote: str
    now: str
    opened: str
    chosen: str  # MINE, THEIRS, or nothing where both have changed it


class VersionedForm(forms.Form):
    """A form that changes a record: it carries the record's version, and knows when it is no longer the newest."""

    def __init__(self, *args: Any, held: Opened | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = held.version if held else ""  # of the record as it stands now; nothing when it changes none
        self.stopped = False  # something is left to choose: nothing was saved

    @property
    def seen(self) -> str:
        """The version the form was opened on."""
        return str(self.data.get(SEEN) or self.version) if self.is_bound else self.version

    def standing(self) -> Mapping[str, Any]:
        """What stands in the record now, by the names of the fields that show something of it."""
        return {
            name: self.get_initial_for_field(self.fields[name], name) for name in self.fields if name in self.initial
        }

    def opening(self) -> str:
        """What stood in the fields when the form was opened, for the form to carry."""
        return str(self.data.get(OPENED, "")) if self.is_bound else json.dumps(self.remembered())

    def remembered(self) -> dict[str, Any]:
        """What the form is to remember of the record as it is now."""
        return {name: raw(self.fields[name], value) for name, value in self.standing().items()}

    def recalled(self) -> Mapping[str, Any]:
        """What the form remembers; nothing when what it carried can't be read."""
        try:
            found = nested.read(self.opening())
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def is_outdated(self) -> bool:
        """Whether somebody has saved the record since the form was opened."""
        return bool(self.version) and self.is_bound and versions.is_newer(self.newest(), self.seen)

    def newest(self) -> str:
        """The version of what would be changed."""
        return self.version

    @property
    def conflict(self) -> bool:
        """Whether something is left to choose before anything may be saved."""
        return self.is_outdated or bool(self.unchosen())

    def unchosen(self) -> list[Difference]:
        """The differences that came back from the page where one chooses without a choice."""
        asked = CHOOSING in self.data
        return [one for one in self.differences() if asked and f"{CHOICE}{one.name}" not in self.data]

    def full_clean(self) -> None:
        """Put what was chosen of another's values in the place of one's own, then look at the whole."""
        self.take_choices()
        super().full_clean()

    def take_choices(self) -> None:
        """Let what was chosen of another's values be what was sent."""
        if self.is_bound and self.version:
            self.data = self._with_choices()

    def written(self, name: str) -> Raw:
        """What was sent for a field."""
        value = self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return as_raw(value)

    def differences(self) -> list[Difference]:
        """The fields where what was written is not what stands now."""
        return list(self._differences()) if self.is_bound and self.version else []

    def _differences(self) -> Iterator[Difference]:
        opened = self.recalled()
        for name, value in self.standing().items():
            field, wrote = self.fields[name], self.written(name)
            now, then = raw(field, value), as_raw(opened.get(name, []))
            if field.disabled or same(field, wrote, now):
                continue
            chosen = MINE if now == then else THEIRS if same(field, wrote, then) else ""
            mine, theirs, before = (in_words(field, one) for one in (wrote, now, then))
            choice = self.data.get(f"{CHOICE}{name}") or chosen
            yield Difference(name, str(field.label), mine, theirs, before, choice)

    def _with_choices(self) -> Any:
        chosen = [name for name in self.fields if self.data.get(f"{CHOICE}{name}") == THEIRS]
        if not chosen:
            return self.data
        now, data = self.standing(), QueryDict(mutable=True)
        for name in self.data:
            data.setlist(name, getattr(self.data, "getlist", lambda key: as_raw(self.data[key]))(name))
        for name in chosen:
            data.setlist(self.add_prefix(name), raw(self.fields[name], now.get(name)))
        return data

    def carried(self) -> Sequence[tuple[str, str]]:
        """What was written, as hidden fields for the page where one chooses."""
        enabled = [name for name, field in self.fields.items() if not field.disabled]
        return [(self.add_prefix(name), value) for name in enabled for value in self.written(name)]


def raw(field: forms.Field, value: Any) -> Raw:
    """A value from inside as the field's widget sends it back."""
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    return as_raw(field.widget.format_value(field.prepare_value(value)))


def as_raw(value: Any) -> Raw:
    """One value or several, as text, in order and without blanks at the ends."""
    several = value if isinstance(value, list | tuple | set) else [value]
    texts = ("on" if one is True else "" if one is None or one is False else str(one).strip() for one in several)
    return sorted(text.replace("\r\n", "\n") for text in texts if text)


def same(field: forms.Field, one: Raw, other: Raw) -> bool:
    """Whether two ways of writing say the same: 5 mars 2021 and 2021-03-05 do."""
    return one == other or (bool(one) and bool(other) and _meaning(field, one) == _meaning(field, other))


def _meaning(field: forms.Field, value: Raw) -> Any:
    several = getattr(field.widget, "allow_multiple_selected", False)
    try:
        meant = field.clean(value if several else value[0])
    except ValidationError:
        return value
    return list(meant) if several else meant


def in_words(field: forms.Field, value: Raw) -> str:
    """A field's values as people read them."""
    labels = dict(_flat(getattr(field, "choices", ())))
    if isinstance(field.widget, forms.CheckboxInput):
        labels = {"on": str(field.label)}
    return ", ".join(labels.get(one, one) for one in value) or "–"


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        yield from _flat(label) if isinstance(label, list | tuple) else [(str(value), str(label))]
