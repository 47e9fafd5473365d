"""What is true of persons and participations, on plain values."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

IDENTIFIED = "identified"
MISREGISTRATION = "misregistration"
NO_SUPPORT = "none"
WITH_EXTENT = frozenset({"work", "studies"})
LONGEST_SUPPORT = 600  # months; a working life
YOUNGEST, OLDEST = 15, 70  # years on the first day; others are asked about
OF_AGE = 16  # years; the age from which public support is one's own
# Is it the same human, when a number is changed?
NEW_NUMBER, WRONG_NUMBER, OTHER_PERSON = "new", "wrong", "other"

# How many numbers one user may try on persons in a day ("Ändra nummer"), by the day from which it holds; the first row
# holds before its day too. A change takes two or three tries: the number, what is asked about it, what is confirmed.
NUMBER_TRIES = ((date(2026, 12, 1), 30),)

Days = tuple[date, date]  # the first and the last day somebody can have been born on


@dataclass(frozen=True)
class Doubt:
    """Something unusual that may be true, and is saved once it has been confirmed: its key and its sentence."""

    code: str
    sentence: str


def refuse_unidentified(method: str) -> None:
    """Refuse names where the intervention counts heads only."""
    if method != IDENTIFIED:
        raise ValidationError(_("Insatsen räknar bara antal. Skriv in antalet kvinnor och män i stället."))


def refuse_protected(protected_identity: bool) -> None:
    """Refuse to store anyone with protected personal data."""
    if protected_identity:
        raise ValidationError(
            {
                "protected_identity": _(
                    "Den som har skyddade personuppgifter registreras aldrig med namn. Räkna in personen utan namn."
                )
            }
        )


def refuse_future(day: date, today: date, field: str) -> None:
    """Refuse a day that has not come."""
    if day > today:
        raise ValidationError({field: _("Dagen har inte varit än. Välj en dag fram till och med i dag.")})


def refuse_late_consent(given_on: date, starts_on: date) -> None:
    """Refuse a start before the consent was given."""
    if starts_on < given_on:
        raise ValidationError(
            {"starts_on": _("Samtycket gavs %(day)s. Välj den dagen eller en senare.") % {"day": given_on}}
        )


def refuse_supports(field: str, supports: Sequence[str]) -> None:
    """Refuse no answer, and no support together with some."""
    if not supports:
        raise ValidationError({field: _("Välj minst en. Har personen ingen, välj ”ingen offentlig försörjning”.")})
    if NO_SUPPORT in supports and len(supports) > 1:
        raise ValidationError({field: _("”Ingen offentlig försörjning” går inte ihop med en annan. Välj det ena.")})


def refuse_extent(field: str, occupation: str, extent: int | None) -> None:
    """Refuse work or studies without extent, and an extent of anything else; 100 percent is 40 hours."""
    if occupation in WITH_EXTENT and (extent is None or not 1 <= extent <= 100):
        raise ValidationError(
            {field: _("Skriv omfattningen i procent, 1 till 100. 40 timmar i veckan är 100 procent.")}
        )
    if occupation not in WITH_EXTENT and extent is not None:
        raise ValidationError({field: _("Omfattning gäller bara arbete och studier. Lämna fältet tomt.")})


def refuse_months(months: int) -> None:
    """Refuse a time in support longer than a working life."""
    if not 0 <= months <= LONGEST_SUPPORT:
        raise ValidationError({"months_in_support": _("Tiden kan vara högst 50 år. Kontrollera år och månader.")})


def refuse_overlap(
    starts_on: date, ends_before: date | None, others: Iterable[tuple[date, date | None]], field: str
) -> None:
    """Refuse two stays of one person in one intervention on the same day."""
    for start, end in others:
        if (end is None or starts_on < end) and (ends_before is None or start < ends_before):
            raise ValidationError({field: overlap(start, end)})


def overlap(start: date, end: date | None) -> str:
    """The sentence of an overlapping stay."""
    if end is None:
        return _("Personen deltar redan i insatsen sedan %(start)s. Registrera ut det deltagandet först.") % {
            "start": start
        }
    last = date.fromordinal(end.toordinal() - 1)
    return _("Personen deltog redan %(start)s till %(last)s. Välj en annan dag.") % {"start": start, "last": last}


def refuse_early_end(starts_on: date, last_day: date) -> None:
    """Refuse a last day before the first."""
    if last_day < starts_on:
        raise ValidationError(
            {"last_day": _("Första dagen var %(day)s. Välj den dagen eller en senare.") % {"day": starts_on}}
        )


def refuse_impossible(born: Days, starts_on: date, months: int) -> None:
    """Refuse a first day before birth and a support longer than life; of a birth partly known, the earliest counts."""
    if starts_on < born[0]:
        raise ValidationError(
            {"starts_on": _("Första dagen ligger före den dag då personen föddes. Kontrollera dagen och numret.")}
        )
    if months > _months(born[0], starts_on):
        raise ValidationError(
            {
                "months_in_support": _(
                    "Tiden är längre än personen hade levt den första dagen. Kontrollera tiden och numret."
                )
            }
        )


def doubts(born: Days, starts_on: date, months: int) -> list[Doubt]:
    """What is unusual about a start; of a birth partly known, only what is so whichever day it was."""
    oldest, youngest = (_months(day, starts_on) // 12 for day in born)
    found = []
    if oldest < YOUNGEST:
        found.append(Doubt("young", _("Enligt numret var personen %(age)s år den första dagen.") % {"age": oldest}))
    if youngest > OLDEST:
        found.append(Doubt("old", _("Enligt numret var personen %(age)s år den första dagen.") % {"age": youngest}))
    if months > max(0, _months(born[0], starts_on) - OF_AGE * 12):
        found.append(Doubt("support", _("Tiden i offentlig försörjning är längre än tiden sedan personen fyllde 16.")))
    return found


def refuse_doubts(found: Iterable[Doubt], confirmed: Collection[str]) -> None:
    """Ask for one more confirmation of what is unusual, with the reasons."""
    asked = [ValidationError(doubt.sentence, code=doubt.code) for doubt in found if doubt.code not in confirmed]
    if asked:
        raise ValidationError({"confirmed": asked})


def refuse_other_person(same: str) -> None:
    """Refuse a new number until somebody has said whether it is the same human's, and when it is not."""
    if same == OTHER_PERSON:
        raise ValidationError(
            {
                "same": _(
                    "Då ska numret inte ändras här. Avbryt och registrera den andra personen för sig. Har fel person "
                    "registrerats, avsluta deltagandet som felregistrering."
                )
            }
        )
    if same not in {NEW_NUMBER, WRONG_NUMBER}:
        raise ValidationError({"same": _("Välj ett svar.")})


def number_tries(day: date) -> int:
    """How many numbers a user may try on persons on a day."""
    holding = [tries for first_day, tries in NUMBER_TRIES if first_day <= day]
    return holding[-1] if holding else NUMBER_TRIES[0][1]


def refuse_more_tries() -> NoReturn:
    """Refuse another number to whoever has tried as many today as one may."""
    raise ValidationError(
        {
            "number": _(
                "Du har prövat så många nummer som man får på en dag. Vänta till i morgon, eller be en annan "
                "deltagaransvarig i insatsen att ändra numret."
            )
        }
    )


def refuse_known(*, shown: bool) -> None:
    """Refuse, as soon as it is typed, the number of another person whom the user may see anyway."""
    if shown:
        raise ValidationError(
            {
                "number": _(
                    "En annan person hos samma personuppgiftsansvarige har redan numret. Kontrollera det. Är det rätt, "
                    "avsluta deltagandet som felregistrering och registrera det på nytt med numret."
                )
            }
        )


def refuse_taken(*, taken: bool) -> None:
    """Refuse, and not before it is to be saved, a number that cannot be saved on a person; it is not said why."""
    if taken:
        raise ValidationError(
            {
                "number": _(
                    "Numret kan inte sparas på den här personen. Kontrollera det. Är det rätt, avsluta deltagandet som "
                    "felregistrering och registrera det på nytt med numret."
                )
            }
        )


def _months(since: date, day: date) -> int:
    """Whole months from one day to another; negative when it lies before."""
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
