"""When a code may be used, and how dated rows of one code fit together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finsam.values.codes import names
from finsam.values.codes.directions import DIRECTIONS
from finsam.values.codes.kinds import KINDS

Dated = tuple[str, str, date, date | None]  # list, code, first day, the day after the last
PARENTS = {DIRECTIONS.key: KINDS.key}  # the list whose codes narrow those of another, and carry an explanation


def words(label: str, label_en: str) -> str:
    """What a code is called in the language that is spoken."""
    return label_en if get_language() == "en" and label_en else label


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
        if _share_a_day(("", "", first_day, ends_before), ("", "", start, end)):
            raise ValidationError(
                {"first_day": _("Koden har redan en rad för de dagarna. Stäng den gamla raden först.")}
            )


def refuse_reopened(first_day: date, ends_before: date, others: Iterable[tuple[date, date | None]]) -> None:
    """Refuse a last day before the first, and one that reaches into another row of the same code."""
    if ends_before <= first_day:
        raise ValidationError({"ends_before": _("Sista dagen ligger före första dagen. Rätta en av dem.")})
    for start, end in others:
        if start < ends_before and (end is None or first_day < end):
            raise ValidationError(
                {
                    "ends_before": _("Koden har en annan rad från %(day)s. Stäng den här före den dagen.")
                    % {"day": start}
                }
            )


def refuse_other_words(there: Mapping[str, str]) -> None:
    """Refuse a file that would write over what a row says; new words are a new row."""
    if there:
        said = ", ".join(f"{name} ”{text}”" for name, text in there.items())
        raise ValidationError(
            _(
                "Koden har redan en rad från den dagen, med %(said)s. Den skrivs inte över: "
                "stäng den, och låt en ny rad börja den dagen."
            )
            % {"said": said}
        )


def refuse_undone(was: date | None, ends_before: date | None, *, was_verified: bool, verified: bool) -> None:
    """Refuse a file that would open a closed row, or say that nobody has confirmed one that somebody has."""
    if was is not None and ends_before is None:
        raise ValidationError(_("Raden är redan stängd. Skriv %(day)s i kolumnen ends_before.") % {"day": was})
    if was_verified and not verified:
        raise ValidationError(_("Raden är redan bekräftad. Skriv ja i kolumnen verified."))


def refuse_parent(list_key: str, parent: str, known: Iterable[str], before: Iterable[str], explanation: str) -> None:
    """Refuse a code that belongs to none of those it should, to another than before, or to any when it should not.

    What belongs to something is explained too.
    """
    if list_key not in PARENTS:
        if parent or explanation:
            raise ValidationError({"parent": _("Bara en inriktning hör till något och har en förklaring. Lämna tomt.")})
        return
    known = sorted(known)
    if parent not in known:
        words = {"kinds": ", ".join(known)}
        raise ValidationError({"parent": _("En inriktning hör till en av: %(kinds)s. Välj en av dem.") % words})
    if others := sorted({*before} - {parent}):
        words = {"kind": ", ".join(others)}
        raise ValidationError({"parent": _("Inriktningen hör redan till %(kind)s. Välj en annan kod.") % words})
    if not explanation.strip():
        raise ValidationError({"explanation": _("Förklara inriktningen i en mening. Den står i rapportens bilaga.")})


def lacking(shipped: Iterable[Dated], there: Iterable[Dated]) -> list[Dated]:
    """The shipped rows that are not there, but those that would share a day with a row of the same code."""
    rows: defaultdict[tuple[str, str], list[Dated]] = defaultdict(list)
    for row in there:
        rows[row[:2]].append(row)
    return [row for row in shipped if not any(_share_a_day(row, other) for other in rows[row[:2]])]


def _share_a_day(row: Dated, other: Dated) -> bool:
    (*_, first_day, ends_before), (*_, start, end) = row, other
    return (end is None or first_day < end) and (ends_before is None or start < ends_before)


def refuse_unknown(field: str, code: str, valid: Iterable[str], known: Iterable[str], day: date) -> None:
    """Refuse a code that is not in the list, or not on that day."""
    if code in valid:
        return
    if code in known:
        raise ValidationError({field: _("Värdet gäller inte den %(day)s. Välj ett annat i listan.") % {"day": day}})
    raise ValidationError({field: _("Värdet finns inte i kodlistan. Välj ett i listan.")})
