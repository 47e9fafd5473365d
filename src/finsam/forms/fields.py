"""Fields that take what people type or paste as they write it, and say what is wrong in the page's language."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _

from finsam.values.days import parse
from finsam.values.numbers import whole
from finsam.values.organisation import canonical
from finsam.values.sentences import SentenceError

ONE_DAY = timedelta(days=1)
LONGEST_KEY = 18  # digits of the largest number a row can have


def translated(refusal: SentenceError) -> ValidationError:
    """A plain value's refusal, in the language of the page."""
    words = {name: _(value) if isinstance(value, str) and value else value for name, value in refusal.params.items()}
    sentence = _(refusal.template)
    return ValidationError(sentence % words if words else sentence, code=refusal.code)


class NumberField(forms.IntegerField):
    """A whole number as people write it: 1 072, with any kind of space between the thousands."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "width-number"})

    def to_python(self, value: Any) -> int | None:
        """The number that was written."""
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        try:
            return whole(str(value))
        except SentenceError as refusal:
            raise translated(refusal) from refusal


class OrganisationNumberField(forms.CharField):
    """An organisation number, typed or pasted in any way it is written; NNNNNN-NNNN inside."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "width-identity"})

    def clean(self, value: Any) -> str:
        """The number that was written."""
        text = super().clean(value)
        try:
            return canonical(text)
        except SentenceError as refusal:
            raise translated(refusal) from refusal


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows of a list; a number that no row can have is no choice, and no fault of the database."""

    def clean(self, value: Any) -> Any:
        """The rows that were chosen."""
        if isinstance(value, list | tuple) and any(len(str(key)) > LONGEST_KEY for key in value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class DayField(forms.DateField):
    """A day as people write it; says which part of it is wrong, and asks which day is meant when it may be two."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "width-day"})

    def to_python(self, value: Any) -> date | None:
        """The day that was written."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse(str(value))
        except SentenceError as refusal:
            raise translated(refusal) from refusal

    def prepare_value(self, value: Any) -> Any:
        """The day as it stands in the form."""
        return value.isoformat() if isinstance(value, date) else value


class LastDayField(DayField):
    """A last day ("till och med") in the form; the day after it (`ends_before`) inside."""

    def to_python(self, value: Any) -> date | None:
        """The day after the last day that was written."""
        day = super().to_python(value)
        if day is None or isinstance(value, date):
            return day
        if day == date.max:
            raise ValidationError(_("Året är för stort. Kontrollera årtalet."))
        return day + ONE_DAY

    def prepare_value(self, value: Any) -> Any:
        """The last day as it stands in the form."""
        return (value - ONE_DAY).isoformat() if isinstance(value, date) else value


class _ByKind(ModelChoiceIterator):  # type: ignore[type-arg]
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        rows: Any = self.queryset
        for kind, group in groupby(rows, key=lambda row: row.get_kind_display()):
            yield str(kind).capitalize(), [self.choice(row) for row in group]


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One organisation of a list ordered by kind, the kinds as headings in the list."""

    iterator = _ByKind
