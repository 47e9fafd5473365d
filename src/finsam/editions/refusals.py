"""What the plain floors refuse, as people read it: tables and dimensions by their words, in the language spoken."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.values.sentences import SentenceError, gettext_noop

NONE: Final[Mapping[str, str]] = MappingProxyType({})


@contextmanager
def in_words(words: Mapping[str, str] = NONE) -> Iterator[None]:
    """Let a refusal of the plain floors be one here, with the words that tables and dimensions have."""
    try:
        yield
    except SentenceError as refusal:
        params = {name: _said(name, str(value), words) for name, value in refusal.params.items()}
        raise ValidationError(_(refusal.template), params=params or None) from refusal


def refuse_shown(found: tuple[str, str] | None, numbers: Mapping[str, str]) -> None:
    """Refuse an answer that one published table gives already: an edition, and what its table is called."""
    if found is not None:
        edition, caption = found
        raise SentenceError("special.published", _SHOWN, {"caption": caption, "edition": numbers.get(edition, edition)})


_SHOWN: Final = gettext_noop(
    "Alla siffror i tabellen finns redan i ”%(caption)s” i utgåvan %(edition)s. Använd den i stället."
)


def named(tables: str, words: Mapping[str, str]) -> str:
    """Name tables that stand in a row; one that an edition has published is told by the edition too."""
    return ", ".join(_named(table, words) for table in tables.split(", "))


def _said(param: str, value: str, words: Mapping[str, str]) -> str:
    if param in {"table", "tables"}:
        return named(value, words)
    return words.get(value, value).lower() if param == "dimension" else value


def _named(table: str, words: Mapping[str, str]) -> str:
    edition, _colon, name = table.rpartition(":")
    said = f"”{words.get(name, name)}”"
    return _("%(table)s i utgåvan %(edition)s") % {"table": said, "edition": edition} if edition else said
