"""Fields that take what people type or paste as they write it, and say what is wrong in the page's language."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.values.numbers import whole
from finsam.values.organisation import canonical
from finsam.values.sentences import SentenceError

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
