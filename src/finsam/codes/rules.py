"""When a code may be used, and how dated rows of one code fit together."""

from collections.abc import Collection, Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.values.codes import names


def runs_on(first_day: date, ends_before: date | None, day: date) -> bool:
    """Whether a dated row is in force on a day."""
    return first_day <= day and (ends_before is None or day < ends_before)


def refuse_new(list_key: str, code: str, listed: Collection[str]) -> None:
    """Refuse a code that a list doesn't have yet and can't take in: its name, or that there is no room.

    A code that is listed already goes on as it is, also where it came before the rule.
    """
    if code in listed:
        return
    if not names.SHAPE.fullmatch(code):
        sentence = _("Skriv koden med a–z, 0–9 och understreck, med en bokstav först. Till exempel: job_seeking.")
        raise ValidationError({"code": sentence})
    if code in names.RESERVED:
        sentence = _("”%(code)s” betyder en summa eller en grupp i tabeller och filer. Välj ett annat ord.")
        raise ValidationError({"code": sentence % {"code": code}})
    if len(listed) >= names.most(list_key):
        sentence = _("Listan är full: den rymmer %(most)s koder, stängda medräknade. Använd en kod som finns.")
        raise ValidationError({"code": sentence % {"most": names.most(list_key)}})


def refuse_overlap(first_day: date, ends_before: date | None, others: Iterable[tuple[date, date | None]]) -> None:
    """Refuse a row that shares a day with another row of the same code."""
    for start, end in others:
        if (end is None or first_day < end) and (ends_before is None or start < ends_before):
            raise ValidationError(
                {"first_day": _("Koden har redan en rad för de dagarna. Stäng den gamla raden först.")}
            )


def refuse_unknown(field: str, code: str, valid: Iterable[str], known: Iterable[str], day: date) -> None:
    """Refuse a code that is not in the list, or not on that day."""
    if code in valid:
        return
    if code in known:
        raise ValidationError({field: _("Värdet gäller inte den %(day)s. Välj ett annat i listan.") % {"day": day}})
    raise ValidationError({field: _("Värdet finns inte i kodlistan. Välj ett i listan.")})
