"""Files that people import: every row is done, or the file is refused with what is wrong in each of its rows."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from finsam.values import sheets
from finsam.values.sentences import SentenceError
from finsam.values.sheets import Column, Entry

MOST: Final = 20  # rows whose faults are told; whoever has more starts with these
T = TypeVar("T")


def each(content: bytes, columns: Sequence[Column], do: Callable[[Entry], T]) -> list[T]:
    """Do something with every row of a file, or refuse it and name the rows; called in a transaction."""
    try:
        entries = sheets.entries(content, columns)
    except SentenceError as refusal:
        raise ValidationError(f"{said(refusal)} {_nothing()}") from refusal
    done: list[T] = []
    faults: list[str] = []
    for entry in entries:
        try:
            _refuse(entry)
            done.append(do(entry))
        except ValidationError as fault:
            faults.append(_at(entry, _sentences(fault)))
        except SentenceError as refusal:
            faults.append(_at(entry, [said(refusal)]))
    if faults:
        divider = "\n" if len(faults) > 1 else " "
        raise ValidationError(divider.join([*faults[:MOST], *_more(len(faults) - MOST), _nothing()]))
    return done


def said(refusal: SentenceError) -> str:
    """The sentence of a refusal from the plain floors, in the language that is spoken."""
    return _(refusal.template) % refusal.params if refusal.params else _(refusal.template)


def _sentences(fault: ValidationError) -> list[str]:
    """The sentences of a refusal, each with the column it is about when it says so."""
    if not hasattr(fault, "error_dict"):
        return fault.messages
    return [
        sentence if column == NON_FIELD_ERRORS else f"{sentence} {_where(column)}"
        for column, sentences in fault.message_dict.items()
        for sentence in sentences
    ]


def _where(column: str) -> str:
    return _("Se kolumnen %(column)s.") % {"column": column}


def _refuse(entry: Entry) -> None:
    if entry.refusals:
        raise ValidationError([said(one) for one in entry.refusals])


def _at(entry: Entry, sentences: Sequence[str]) -> str:
    return _("Rad %(number)s: %(fault)s") % {"number": entry.number, "fault": " ".join(sentences)}


def _more(count: int) -> list[str]:
    return [_("Fler rader har fel: %(count)s till.") % {"count": count}] if count > 0 else []


def _nothing() -> str:
    return _("Ingenting är importerat.")
