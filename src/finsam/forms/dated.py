"""Forms that register something of a day: the day stands first, and the lists are those of that day, not of today.

Another day fetches its lists with htmx, and by a button where there are no scripts: the form is posted and shown again
with all that was typed, and nothing is checked or saved. To htmx only the lists that are others on that day are given,
so that what somebody fills in meanwhile stays.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from finsam.forms.choices import NOT_THAT_DAY, on_day, unchosen
from finsam.forms.page_form import PageForm

LOOK = "day"  # the step that asks for the lists of another day
SHOWN = "listornas_dag"  # the day whose lists the page shows


class DatedForm(PageForm):
    """A form whose lists of codes are those in force on the day it registers."""

    lists: ClassVar[Sequence[tuple[str, str]]] = ()  # each field and its code list
    beside: ClassVar[Sequence[str]] = ()  # what else on the page follows the day, by id

    def __init__(self, *args: Any, day: date, locked: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.take_choices()
        self.order_fields([self.day_field, *(self.field_order or ())])
        for name in locked:
            self.fields[name].disabled = True
        self.day: date = self._written() or self.initial.get(self.day_field) or day
        for name, list_key in self.lists:
            field: Any = self.fields[name]
            field.list_key, field.day = list_key, self.day
            field.choices = self._from_nothing(field, self.choices(name, self.day))
        self._fetch_lists()

    def following(self) -> Sequence[str]:
        """The fields whose choices follow the day."""
        return [name for name, _list_key in self.lists]

    def choices(self, name: str, day: date) -> Sequence[Any]:
        """The choices of a field on a day; what is locked keeps its own."""
        kept = self.initial.get(name, "") if self.fields[name].disabled else ""
        return on_day(dict(self.lists)[name], day, [kept])

    def changed(self) -> Sequence[forms.BoundField]:
        """The fields whose choices are others than on the day the page showed."""
        shown = parse_date(self.data.get(SHOWN, ""))
        return [
            self[name]
            for name in self.following()
            if shown is None or self.choices(name, shown) != self.choices(name, self.day)
        ]

    @property
    def looks(self) -> bool:
        """Whether somebody only wants to see the lists of another day."""
        return self.is_bound and self.data.get("step") == LOOK

    def is_valid(self) -> bool:
        """Whether it can be handed on; never when it only looks."""
        return not self.looks and super().is_valid()

    def full_clean(self) -> None:
        """Check everything, or when it only looks nothing but whether what was chosen holds on the other day."""
        super().full_clean()
        if self.looks:
            gone = {name: self._gone(name) for name, _list_key in self.lists}
            self._errors = ErrorDict(renderer=self.renderer)
            for name, refusal in gone.items():
                if refusal is not None:
                    self.add_error(name, refusal)

    @staticmethod
    def _from_nothing(field: Any, choices: Sequence[Any]) -> Sequence[Any]:
        """The choices; a list to open begins with nothing chosen."""
        return unchosen(choices, _("Välj i listan")) if type(field.widget) is forms.Select else choices

    def _written(self) -> date | None:
        """The day that was written, if it is one."""
        if not self.is_bound:
            return None
        try:
            written: date | None = self.fields[self.day_field].clean(self[self.day_field].data)
        except ValidationError:
            return None
        return written

    def _gone(self, name: str) -> ValidationError | None:
        try:
            self.fields[name].clean(self[name].data)
        except ValidationError as refusal:
            return refusal if refusal.error_list[0].code == NOT_THAT_DAY else None
        return None

    def _fetch_lists(self) -> None:
        swapped = (self[name].auto_id for name in self.following())
        self.fields[self.day_field].widget.attrs |= {
            "hx-post": "",
            "hx-trigger": "change",
            "hx-vals": f'{{"step": "{LOOK}"}}',
            "hx-swap": "none",
            "hx-select-oob": ",".join(["#listornas-dag:innerHTML", *(f"#{one}" for one in (*swapped, *self.beside))]),
        }
