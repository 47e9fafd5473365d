"""Numbers, days and marks as people read them: no-break thousands, "31 mars 2021", marks for what is not shown."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finsam.publications import hyphens
from finsam.values.shares import Language, swedish_number, swedish_percent
from finsam.values.working_counts import WorkingCount

register = template.Library()

NOT_REGISTERED = "–"


@register.filter
def number(value: int | Fraction | None) -> str:
    """A number with no-break spaces between thousands; a dash when it isn't registered."""
    return NOT_REGISTERED if value is None else swedish_number(value, _language())


@register.filter
def persons(value: WorkingCount | None) -> str:
    """A count of persons on a working page; a dash when nothing is counted."""
    return NOT_REGISTERED if value is None else number(value.persons)


@register.filter
def percent(value: Fraction | None) -> str:
    """A share with its percent sign; a dash when it isn't registered."""
    return NOT_REGISTERED if value is None else swedish_percent(value, _language())


@register.filter
def day(value: date | None) -> str:
    """A day in text: 31 mars 2021."""
    return NOT_REGISTERED if value is None else date_format(value, "j F Y").replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in text, in Swedish time: 31 mars 2021 kl. 10.41."""
    if value is None:
        return NOT_REGISTERED
    local = timezone.localtime(value)
    return _("%(day)s kl. %(time)s") % {"day": day(local.date()), "time": f"{local:%H.%M}"}


@register.filter
def last_day(ends_before: date | None) -> str:
    """The last day of a period that ends before a day, in text."""
    return NOT_REGISTERED if ends_before is None else day(ends_before - timedelta(days=1))


@register.filter
def iso_last_day(ends_before: date | None) -> str:
    """The last day of a period that ends before a day, as data: 2021-03-31."""
    return NOT_REGISTERED if ends_before is None else (ends_before - timedelta(days=1)).isoformat()


@register.filter
def iso(value: date | None) -> str:
    """A day as data: 2021-03-31."""
    return NOT_REGISTERED if value is None else value.isoformat()


@register.filter(is_safe=True)
@stringfilter
def softened(value: str) -> str:
    """Words too long for a line of a phone, divided where their parts meet."""
    return hyphens.softened(value)


@register.simple_tag
def period(first: date, ends_before: date | None) -> str:
    """A period in text: "sedan 1 februari 2018", or both its days."""
    if ends_before is None:
        return _("sedan %(day)s") % {"day": day(first)}
    if ends_before <= first:  # it was taken back before it began
        return _("från %(day)s, togs tillbaka") % {"day": day(first)}
    return f"{day(first)} – {last_day(ends_before)}"


@register.filter
def in_words(count: int) -> str:
    """A small number as a word, as running text has it."""
    words = _("inga|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv").split("|")
    return words[count] if 0 <= count < len(words) else swedish_number(count, _language())


@register.filter
def dash(value: Any) -> Any:
    """The value, or a dash when nothing is registered."""
    return NOT_REGISTERED if value in (None, "") else value


def _language() -> Language:
    return "en" if get_language() == "en" else "sv"
