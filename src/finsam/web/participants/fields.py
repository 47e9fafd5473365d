"""Fields only these pages have: an identity number, and a time in years and months."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.forms.fields import translated
from finsam.values.identity import IdentityNumber, Series, parse
from finsam.values.numbers import pasted
from finsam.values.sentences import SentenceError

TIME = re.compile(
    r"(?:(?P<years>\d{1,3})\s*(?:år|y[a-z]*)\.?)?[\s,]*(?:och|and)?\s*(?:(?P<months>\d{1,3})\s*m[a-zå]*\.?)?",
    re.IGNORECASE,
)


class IdentityField(forms.CharField):
    """An identity number of the kind this home takes; the form says which, and which day it is."""

    series = Series.REAL
    on: date

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "inputmode": "numeric", "class": "width-identity", "spellcheck": "false"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> IdentityNumber:
        """The number that was written."""
        text = super().clean(value)
        try:
            return parse(pasted(text), on=self.on, series=self.series)
        except SentenceError as refusal:
            raise translated(refusal) from refusal


class TimeField(forms.CharField):
    """A time written "3 år 4 mån"; whole months inside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off", "class": "width-day"}), **kwargs)

    def clean(self, value: Any) -> int | None:
        """The time in months."""
        text = super().clean(value).strip()
        if text == "0":
            return 0
        found = TIME.fullmatch(text)
        if not text or not found or not (found["years"] or found["months"]):
            raise ValidationError(_("Skriv år och månader, till exempel 3 år 4 mån. Skriv 0 om det inte är någon tid."))
        return int(found["years"] or 0) * 12 + int(found["months"] or 0)

    def prepare_value(self, value: Any) -> Any:
        """The time as it stands in the form."""
        return time_words(value) if isinstance(value, int) else value


def time_words(months: int) -> str:
    """A number of months in years and months."""
    years, rest = divmod(months, 12)
    parts = [ngettext("%(count)s år", "%(count)s år", years) % {"count": years}] if years else []
    parts += [_("%(count)s mån") % {"count": rest}] if rest or not years else []
    return " ".join(parts)
