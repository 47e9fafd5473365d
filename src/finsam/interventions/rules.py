"""What is true of interventions, on plain values."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

INDIVIDUAL, STRUCTURAL = "individual", "structural"
IDENTIFIED, NUMBERS_ONLY = "identified", "numbers_only"
ANONYMOUS, VOLUME = "anonymous", "volume"
PLAN, HEADS = "plan", "heads"
PARTIES = frozenset({"social_insurance_agency", "employment_service", "region", "municipality"})
NO_PERSONS = gettext_lazy("En strukturövergripande insats har inga deltagare. Välj att räkna antal.")
MOST = 99_999  # participants in a year; what is more is a slip of the pen
TOO_MANY = gettext_lazy("Talet är för stort. Skriv högst 99 999.")
LOCKED_FIELDS = ("kind", "direction", "method", "controller")


@dataclass(frozen=True)
class Lack:
    """Something an intervention lacks: a role nobody has, a year's plan or a year's heads."""

    what: str
    year: int = 0


def refuse_few_parties(kinds: Iterable[str]) -> None:
    """Refuse an intervention by fewer than two parties; two municipalities are one party."""
    if len(PARTIES & set(kinds)) < 2:
        raise ValidationError(
            {"performers": _("Välj minst två parter. Två kommuner räknas som en part, så välj också en annan.")}
        )


def refuse_strangers(field: str, strangers: Iterable[str]) -> None:
    """Refuse parties, named, that are no members of the association while the intervention runs."""
    names = ", ".join(sorted(strangers))
    if names:
        raise ValidationError(
            {
                field: _("Inte medlem i förbundet under insatsens tid: %(names)s. Välj bland medlemmarna.")
                % {"names": names}
            }
        )


def refuse_persons(kind: str, method: str) -> None:
    """Refuse personal data where there are no participants: what changes how the parties work is counted in numbers."""
    if kind == STRUCTURAL and method == IDENTIFIED:
        raise ValidationError({"method": NO_PERSONS})


def refuse_method(method: str, controller_kind: str | None) -> None:
    """Refuse personal data without a party that answers for them."""
    if method == IDENTIFIED and controller_kind is None:
        raise ValidationError({"controller": _("Välj vilken part som är personuppgiftsansvarig.")})
    if method == NUMBERS_ONLY and controller_kind is not None:
        raise ValidationError({"controller": _("Insatsen räknar bara antal. Lämna fältet tomt.")})
    if controller_kind in ("association", "authority"):
        raise ValidationError({"controller": _("Förbundet får inte vara personuppgiftsansvarigt. Välj en part.")})


def refuse_locked(changed: Iterable[str]) -> None:
    """Refuse a change of what is locked once anything is registered."""
    faults = {
        field: _("Det går inte att ändra när något är registrerat. Skapa en ny insats i stället.")
        for field in changed
        if field in LOCKED_FIELDS
    }
    if faults:
        raise ValidationError(faults)


def refuse_period(starts_on: date, ends_before: date | None) -> None:
    """Refuse an end before the start."""
    if ends_before is not None and ends_before <= starts_on:
        raise ValidationError({"ends_before": _("Sista dagen ligger före första dagen. Rätta en av dem.")})


def refuse_assignment(first_day: date, ends_before: date | None, today: date) -> None:
    """Refuse work that began before today, when it opened nothing, and an end before the start."""
    if first_day < today:
        raise ValidationError({"first_day": _("Uppdraget kan börja tidigast i dag. Välj i dag eller en senare dag.")})
    refuse_period(first_day, ends_before)


def refuse_more_than_planned(heads: int, planned: int | None, *, confirmed: bool) -> None:
    """Ask once more whether heads are right that are more than twice what was planned."""
    if planned and heads > 2 * planned and not confirmed:
        sentence = _("%(heads)s är mer än dubbelt så många som de %(planned)s som är planerade. Stämmer antalet?")
        raise ValidationError({"confirmed": sentence % {"heads": heads, "planned": planned}})


def source_for(method: str) -> str:
    """Which sort of head count an intervention has: anonymous beside names, or volume without them."""
    return ANONYMOUS if method == IDENTIFIED else VOLUME


def refuse_year(year: int, starts_on: date, ends_before: date | None, today: date) -> None:
    """Refuse a year outside the intervention, or one that has not begun."""
    years = years_until(today.year, starts_on, ends_before)
    first, last = years[-1], years[0]
    if year not in years:
        raise ValidationError(
            {"year": _("Insatsen pågår %(first)s–%(last)s. Välj ett av de åren.") % {"first": first, "last": last}}
        )


def refuse_outside(starts_on: date, ends_before: date | None, day: date, field: str) -> None:
    """Refuse a day on which the intervention is not running."""
    if day < starts_on:
        raise ValidationError(
            {field: _("Insatsen börjar %(day)s. Välj den dagen eller en senare.") % {"day": starts_on}}
        )
    if ends_before is not None and day >= ends_before:
        raise ValidationError({field: _("Insatsen är slut. Välj en dag före %(day)s.") % {"day": ends_before}})


def years_until(year: int, starts_on: date, ends_before: date | None) -> list[int]:
    """The calendar years of a period up to a year, newest first; its first one even when that is to come."""
    last = year if ends_before is None else min(year, date.fromordinal(ends_before.toordinal() - 1).year)
    return list(range(max(starts_on.year, last), starts_on.year - 1, -1))


def lacking(
    *,
    today: date,
    starts_on: date,
    ends_before: date | None,
    counts_heads: bool,
    missing_roles: Iterable[str],
    planned: Collection[int],
    counted: Collection[int],
) -> list[Lack]:
    """What an intervention lacks: people and this year's plan while it runs, and heads of a year that has passed."""
    years = years_until(today.year, starts_on, ends_before)
    found = []
    if ends_before is None or ends_before > today:
        found = [Lack(role) for role in missing_roles]
        found += [Lack(PLAN, today.year)] if today.year in years and today.year not in planned else []
    passed = [year for year in years if year == today.year - 1] if counts_heads else []
    return found + [Lack(HEADS, year) for year in passed if year not in counted]
