"""Fields that choose among codes: in the model's own words, with the rows of the code lists in force on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from finsam.codes import queries

Choice = tuple[str, str]
NOT_THAT_DAY = "not_that_day"


class _OfADay:
    """Refuses a code of the list that is not in force on the form's day with a sentence that says so."""

    list_key = ""
    day: date

    def validate(self, value: Any) -> None:
        """Refuse what is not among the choices."""
        own: Any = self
        gone = {code for code in ([value] if isinstance(value, str) else value or ()) if not own.valid_value(code)}
        if gone & queries.labels(self.list_key).keys() - dict(queries.choices(self.list_key, self.day)).keys():
            sentence = _("Värdet gäller inte den %(day)s. Välj ett annat i listan.")
            raise ValidationError(sentence, code=NOT_THAT_DAY, params={"day": self.day})
        super().validate(value)  # type: ignore[misc]


class CodeField(_OfADay, forms.ChoiceField):
    """One code of a list."""


class CodesField(_OfADay, forms.MultipleChoiceField):
    """Several codes of a list."""


def coded(model: str, name: str, *, radio: bool = False, help_text: Any = "") -> CodeField:
    """A field for a code of a model's field; a `forms.dated.DatedForm` gives it the choices of its day."""
    described: Any = apps.get_model(model)._meta.get_field(name)
    return CodeField(
        label=capfirst(described.verbose_name),
        help_text=help_text or described.help_text,
        required=not described.blank,
        widget=forms.RadioSelect if radio else forms.Select,
    )


def several(label: Any, help_text: Any = "") -> CodesField:
    """A field for several codes, one checkbox each."""
    return CodesField(label=label, help_text=help_text, widget=forms.CheckboxSelectMultiple)


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
