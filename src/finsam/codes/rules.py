"""When a code may be used, and how dated rows of one code fit together."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def runs_on(first_day: date, ends_before: date | None, day: date) -> bool:
    """Whether a dated row is in force on a day."""
    return first_day <= day and (ends_before is None or day < ends_before)


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
