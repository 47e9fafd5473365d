"""A record's history: what was, what became, when, by whom and in which role.

What was and became is read from the row history of the record and of the rows of values that belong to it; who acted
as what is read from the audit rows, where it was noted at the time. The rooms say which rows are a record's
(`Whole`, `Values`, `Sealed`), ask for the permission to see the record, and say whose names may stand there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finsam.access.models import AuditRow, User, full_name
from finsam.access.roles import TABLE, Role
from finsam.access.tracking import telling
from finsam.values.codes import LISTS

ROLE, LIST = "role", "list"  # fields whose values are no codes of a list but have words: a role, and a list itself
GONE: Final = gettext_lazy("borttagen")
Labels = Callable[[str], Mapping[str, str]]  # a code list's words by code


@dataclass(frozen=True)
class Days:
    """The days a row of values holds, as history shows them; `ends_before` None while it has no end."""

    first_day: date
    ends_before: date | None


@dataclass(frozen=True)
class LastDay:
    """The day before the one on which something is over."""

    ends_before: date


@dataclass(frozen=True)
class Named:
    """A value that says nothing without its name, as the number of women in a row of heads."""

    name: str
    value: "Value"


Value = str | int | bool | date | datetime | Days | LastDay | Named | tuple["Value", ...]


@dataclass(frozen=True)
class Difference:
    """One thing that became another: its label, and its values before and after; None where it was not there."""

    label: str
    was: Value | None
    became: Value | None


@dataclass(frozen=True)
class Event:
    """What was done to a record at one moment. `name` is '' where the reader may not know who it was."""

    at: datetime
    user_id: int | None
    name: str
    role: str  # as AuditRow keeps it; '' where it was not noted
    actions: tuple[str, ...]
    kinds: frozenset[str]  # of the history rows: + made, ~ changed, - taken away
    differences: tuple[Difference, ...]


def list_of(model: Any, name: str) -> str:
    """The code list whose words a field's values have: named as the field, or by the model's CODES; '' when none."""
    named = getattr(model, "CODES", {}).get(name, name)
    return named if named in {*LISTS, ROLE, LIST} else ""


@dataclass
class Reader:
    """How values are put in words for whoever reads: the code lists, and whose names may stand there (None: all)."""

    labels: Labels = lambda _key: {}
    named: Collection[int] | None = ()
    _lists: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _rows: dict[tuple[type[models.Model], Any], str] = field(default_factory=dict)

    def may_name(self, user_id: int | None) -> bool:
        """Whether the reader may know who a user is."""
        return self.named is None or user_id in self.named

    def value(self, row: Any, name: str) -> Value | None:
        """A field's value in words; None where it is empty, or a name that the reader may not know."""
        model = row.instance_type
        kept = model._meta.get_field(name)
        raw = getattr(row, kept.attname)
        if raw in (None, ""):
            return None
        if isinstance(kept, models.ForeignKey):
            return self._named(kept.remote_field.model, raw)
        if kept.choices:
            return str(dict(kept.flatchoices).get(raw, raw))
        if words := list_of(model, name):
            return str(self._list(words).get(raw, raw))
        return LastDay(raw) if name == "ends_before" else raw

    def fetch(self, rows: Iterable[tuple[Any, Collection[str]]]) -> None:
        """Read what the rows of a history point at in the fields that are told, each table once."""
        wanted: dict[type[models.Model], set[Any]] = {}
        for row, names in rows:
            for kept in row.instance_type._meta.concrete_fields:
                if kept.name in names and isinstance(kept, models.ForeignKey):
                    wanted.setdefault(kept.remote_field.model, set()).add(getattr(row, kept.attname))
        for model, keys in wanted.items():
            found = model._default_manager.in_bulk(keys - {None})
            self._rows |= {(model, key): str(row) for key, row in found.items()}

    def _named(self, model: type[models.Model], key: Any) -> str | None:
        if model is User and not self.may_name(key):
            return None
        return self._rows.get((model, key), str(GONE))

    def _list(self, key: str) -> Mapping[str, str]:
        if key not in self._lists:
            own = {role.value: str(row.label) for role, row in TABLE.items()} if key == ROLE else None
            self._lists[key] = own if own is not None else self.labels(key)
        return self._lists[key]


@dataclass(frozen=True)
class Whole:
    """The record itself, field by field: all that its history keeps, but for identities and what says nothing here."""

    model: Any
    pk: int
    but: tuple[str, ...] = ()

    @property
    def where(self) -> Mapping[str, Any]:
        """Which history rows are the record's."""
        return {"id": self.pk}

    @property
    def fields(self) -> list[str]:
        """The fields that are told."""
        hidden = {self.model._meta.pk.name, *self.model.Privacy.identity, *self.but}
        return [one.name for one in self.model.history.model.tracked_fields if one.name not in hidden]

    @property
    def names(self) -> Collection[str]:
        """The fields whose values are put in words."""
        return self.fields

    def told(self, rows: Sequence[Any], reader: Reader) -> dict[str, Value]:
        """The record as it stood, by label."""
        found = {_label(self.model, name): reader.value(row, name) for row in rows for name in self.fields}
        return {label: value for label, value in found.items() if value is not None}


@dataclass(frozen=True)
class Values:
    """Rows of values that belong to the record: told by the fields that say which (`by`), as what the others hold."""

    model: Any
    where: Mapping[str, Any]
    shows: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    label: Any = ""  # where the model's own name is not what people call it

    @property
    def names(self) -> Collection[str]:
        """The fields whose values are put in words."""
        return (*self.by, *self.shows)

    def told(self, rows: Sequence[Any], reader: Reader) -> dict[str, Value]:
        """All values as they stood, by label; several under one label stand together."""
        found: dict[str, list[Value]] = {}
        for row in rows:
            which = [value for name in self.by if (value := reader.value(row, name)) is not None]
            label = " ".join([str(self.label or self.model._meta.verbose_name), *map(str, which)])
            found.setdefault(_first_capital(label), []).append(self._value(row, reader))
        return {label: tuple(sorted(values, key=str)) for label, values in found.items()}

    def _value(self, row: Any, reader: Reader) -> Value:
        shown = [(name, value) for name in self.shows if (value := reader.value(row, name)) is not None]
        alone = len(self.shows) == 1
        parts = [
            value if alone or isinstance(value, str) else Named(_name(self.model, name), value) for name, value in shown
        ]
        days = [Days(row.first_day, row.ends_before)] if hasattr(row, "ends_before") else []
        return (*parts, *days)


@dataclass(frozen=True)
class Sealed:
    """A row that holds identities: that something in it was changed, and never what, nor what it was."""

    model: Any
    pk: int
    label: Any

    @property
    def names(self) -> Collection[str]:
        """The fields whose values are put in words: none."""
        return ()

    @property
    def where(self) -> Mapping[str, Any]:
        """Which history rows are the record's."""
        return {"id": self.pk}


Part = Whole | Values | Sealed


def events(parts: Sequence[Part], reader: Reader) -> list[Event]:
    """Everything that was done to a record and its values, the newest first."""
    steps = sorted(_steps(parts), key=lambda step: step[0])
    reader.fetch((row, parts[order[2]].names) for order, row in steps)
    replay = _Replay(parts, reader, _noted(row for _order, row in steps))
    together = groupby(steps, key=lambda step: step[0][:2])
    found = [replay.event([(order[2], row) for order, row in group]) for _moment, group in together]
    names = _names({event.user_id for event in found if reader.may_name(event.user_id)})
    return [replace(event, name=names.get(event.user_id, "")) for event in reversed(found)]


Step = tuple[tuple[datetime, int, int, int], Any]  # its place in time, and a row of history


def _steps(parts: Sequence[Part]) -> Iterator[Step]:
    for number, part in enumerate(parts):
        for row in telling(part.model, part.model.history.filter(**part.where)):
            yield (row.history_date, row.history_user_id or 0, number, row.history_id), row


class _Replay:
    """The states of a record and its values, event by event."""

    def __init__(self, parts: Sequence[Part], reader: Reader, noted: "Noted") -> None:
        self.parts, self.reader, self.noted = parts, reader, noted
        self.states: list[dict[int, Any]] = [{} for _part in parts]

    def event(self, rows: Sequence[tuple[int, Any]]) -> Event:
        """What the rows of one moment, each with the number of its part, have changed."""
        numbers = sorted({number for number, _row in rows})
        differences = [one for number in numbers for one in self._differences(number, rows)]
        audits = [one for _number, row in rows if (one := self.noted.get(_key(row)))]
        first = rows[0][1]
        return Event(
            at=first.history_date,
            user_id=first.history_user_id,
            name="",
            role=next((one.role for one in audits if one.role), ""),
            actions=tuple(dict.fromkeys(one.action for one in audits)),
            kinds=frozenset(row.history_type for _number, row in rows),
            differences=tuple(differences),
        )

    def _differences(self, number: int, rows: Sequence[tuple[int, Any]]) -> Iterator[Difference]:
        part, state = self.parts[number], self.states[number]
        before = list(state.values())
        for row in (row for own, row in rows if own == number):
            if row.history_type == "-":
                state.pop(row.id, None)
            else:
                state[row.id] = row
        if isinstance(part, Sealed):
            if before:  # the first row is the record's beginning, not a change
                yield Difference(str(part.label), None, _("ändrat"))
            return
        was, became = part.told(before, self.reader), part.told(list(state.values()), self.reader)
        for label in dict.fromkeys([*was, *became]):
            if was.get(label) != became.get(label):
                yield Difference(label, was.get(label), became.get(label))


Noted = Mapping[tuple[str, int, datetime, int | None], AuditRow]


def _noted(rows: Iterable[Any]) -> Noted:
    """The audit rows of the same writings: of the same record, at the same moment, by the same user."""
    keys: dict[str, set[int]] = {}
    for row in rows:
        keys.setdefault(full_name(row.instance_type), set()).add(row.id)
    found: dict[tuple[str, int, datetime, int | None], AuditRow] = {}
    written = [Q(model=model, record_id__in=ids) for model, ids in keys.items()]
    for audit in AuditRow.objects.filter(reduce(or_, written)).order_by("at", "pk") if written else ():
        found[audit.model, audit.record_id or 0, audit.at, audit.user_id] = audit
    return found


def _key(row: Any) -> tuple[str, int, datetime, int | None]:
    return full_name(row.instance_type), row.id, row.history_date, row.history_user_id


def _names(users: Collection[int | None]) -> Mapping[int | None, str]:
    wanted = [user for user in users if user]
    return dict(User.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "name"))


def _label(model: Any, name: str) -> str:
    return _first_capital(_name(model, name))


def _name(model: Any, name: str) -> str:
    """What a field is called; the day after the last one is told as the last."""
    return _("sista dag") if name == "ends_before" else str(model._meta.get_field(name).verbose_name)


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def role_name(role: str) -> str:
    """A noted role in words; '' where it is no role."""
    return str(TABLE[Role(role)].label) if role in set(Role) else ""
