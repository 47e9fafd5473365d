"""Fields that choose among codes: in the model's own words, with the rows of the code lists in force on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.apps import apps
from django.utils.text import capfirst

from finsam.codes import queries

Choice = tuple[str, str]


def coded(model: str, name: str, *, radio: bool = False, help_text: Any = "") -> forms.ChoiceField:
    """A field for a code of a model's field; the form gives it the choices of the day."""
    described: Any = apps.get_model(model)._meta.get_field(name)
    return forms.ChoiceField(
        label=capfirst(described.verbose_name),
        help_text=help_text or described.help_text,
        required=not described.blank,
        widget=forms.RadioSelect if radio else forms.Select,
    )


def several(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """A field for several codes, one checkbox each."""
    return forms.MultipleChoiceField(label=label, help_text=help_text, widget=forms.CheckboxSelectMultiple)


def on_day(list_key: str, day: date, keep: Iterable[str] = ()) -> list[Choice]:
    """The codes in force on a day; those to keep stay choosable though they are closed."""
    valid = queries.choices(list_key, day)
    closed = [code for code in keep if code and code not in dict(valid)]
    labels = queries.labels(list_key) if closed else {}
    return valid + [(code, labels.get(code, code)) for code in closed]


def unchosen(choices: Sequence[Choice], words: str) -> list[Choice]:
    """Choices of a list that begins with nothing chosen."""
    return [("", words), *choices]


def words(list_key: str, codes: Iterable[str]) -> list[str]:
    """What codes of a list mean, in the order of the list."""
    wanted = set(codes)
    return [label for code, label in queries.labels(list_key).items() if code in wanted]
