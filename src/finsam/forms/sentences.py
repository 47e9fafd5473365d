"""Our sentences in the place of Django's own: what is wrong, and what to do about it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import fields as form_fields
from django.forms import models as form_models
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

EMAIL: Final = gettext_lazy("Skriv en hel e-postadress, till exempel namn@kommun.se.")
WHOLE: Final = gettext_lazy("Skriv ett helt tal med siffror, till exempel 12.")
NUMBER: Final = gettext_lazy("Skriv ett tal med siffror, till exempel 12 eller 0,5.")
DAY: Final = gettext_lazy("Skriv dagen som år-månad-dag, till exempel 2021-03-31.")
CHOICE: Final = gettext_lazy("Valet finns inte i listan. Välj ett av alternativen.")
GONE: Final = gettext_lazy("Det du valde finns inte längre. Ladda om sidan och välj igen.")
UNREADABLE: Final = gettext_lazy("Det går inte att läsa. Kontrollera hur det är skrivet.")
TAKEN: Final = gettext_lazy("Det finns redan en med samma uppgift. Ändra den, eller skriv något annat här.")
NO_FILE: Final = gettext_lazy("Ingen fil kom med. Välj filen och skicka igen.")
EMPTY_FILE: Final = gettext_lazy("Filen är tom. Välj en annan fil.")

INVALID: Final[Mapping[str, StrPromise]] = {
    "EmailField": EMAIL,
    "EmailValidator": EMAIL,
    "IntegerField": WHOLE,
    "DecimalField": NUMBER,
    "FloatField": NUMBER,
    "DecimalValidator": NUMBER,
    "DateField": DAY,
    "ForeignKey": GONE,
}
BY_FILE: Final = ("FileField", "ImageField")
BY_CODE: Final[Mapping[str, StrPromise]] = {
    "required": gettext_lazy("Fyll i fältet."),
    "blank": gettext_lazy("Fyll i fältet."),
    "null": gettext_lazy("Fyll i fältet."),
    "incomplete": gettext_lazy("Fyll i alla delar."),
    "invalid_choice": CHOICE,
    "invalid_list": CHOICE,
    "invalid_pk_value": CHOICE,
    "max_length": gettext_lazy("Skriv högst %(limit_value)s tecken. Nu är det %(show_value)s."),
    "min_length": gettext_lazy("Skriv minst %(limit_value)s tecken. Nu är det %(show_value)s."),
    "max_value": gettext_lazy("Skriv ett tal som är högst %(limit_value)s."),
    "min_value": gettext_lazy("Skriv ett tal som är minst %(limit_value)s."),
    "step_size": gettext_lazy("Skriv ett tal som går jämnt upp med %(limit_value)s."),
    "limit_value": gettext_lazy("Skriv %(limit_value)s."),
    "max_digits": gettext_lazy("Skriv talet med högst %(max)s siffror."),
    "max_decimal_places": gettext_lazy("Skriv talet med högst så här många decimaler: %(max)s."),
    "max_whole_digits": gettext_lazy("Skriv talet med högst %(max)s siffror före decimalerna."),
    "null_characters_not_allowed": gettext_lazy(
        "Texten har ett tecken som inte går att spara. Skriv den för hand i stället för att klistra in den."
    ),
    "unique": TAKEN,
    "unique_together": TAKEN,
    "unique_for_date": TAKEN,
    "invalid_date": DAY,
}


_VALIDATORS: Final = frozenset(
    kind for kind in vars(validators).values() if isinstance(kind, type) and kind.__module__ == validators.__name__
)


def ours(refusal: ValidationError) -> ValidationError:
    """A refusal in which every sentence of Django's own is replaced."""
    if hasattr(refusal, "error_dict"):
        for errors in refusal.error_dict.values():
            for error in errors:
                _replace(error)
    else:
        for error in refusal.error_list:
            _replace(error)
    return refusal


def _replace(error: ValidationError) -> None:
    sentence = _table().get(id(error.message))
    if sentence is None and error.code == "unique_together":  # the only one Django writes out on the spot
        sentence = TAKEN
    if sentence is not None:
        error.message = str(sentence)


@cache
def _table() -> Mapping[int, StrPromise]:
    """Our sentence for each of Django's, which are told apart by being the very same object."""
    return {id(message): _sentence(kind, code) for kind, code, message in djangos()}


def djangos() -> Iterator[tuple[type, str, Any]]:
    """Every sentence that a field or a validator of Django can refuse with, its class and its code."""
    for module in (form_fields, form_models, models, validators):
        for kind in vars(module).values():
            if isinstance(kind, type):
                for code, message in vars(kind).get("default_error_messages", {}).items():
                    yield kind, code, message
                for code, message in vars(kind).get("messages", {}).items() if kind in _VALIDATORS else ():
                    yield kind, code, message
                if kind in _VALIDATORS and "message" in vars(kind):
                    yield kind, kind.code, vars(kind)["message"]  # type: ignore[attr-defined]
    made: list[Any] = [found for found in vars(validators).values() if isinstance(found, tuple(_VALIDATORS))]
    for found in made:  # those that are made once: the address, the slug, lists of numbers
        yield type(found), found.code, found.message


def _sentence(kind: type, code: str) -> StrPromise:
    """What we say of what a field or a validator refuses: by its class where that says more than the code."""
    if kind.__name__ in BY_FILE:
        return EMPTY_FILE if code == "empty" else NO_FILE
    return BY_CODE.get(code) or INVALID.get(kind.__name__, UNREADABLE)
