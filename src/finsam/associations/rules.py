"""What the law asks of an association's members, on plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Associations across county borders are allowed from this day (lag 2003:1210 as changed 2010).
ACROSS_COUNTIES_FROM = date(2010, 7, 1)

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"active"}),
    "active": frozenset({"closed"}),
    "closed": frozenset(),
}


@dataclass(frozen=True)
class MunicipalityFacts:
    """What the law needs to know of a municipality: organisation ids of itself and its region, its county and days.

    `since` is the day from which it is a member in that county; None for one that is no member.
    """

    party: int
    name: str
    county: str
    region: int | None
    region_name: str = ""
    since: date | None = None


@dataclass(frozen=True)
class MemberFacts:
    """The members of an association on a day: organisation ids by kind, and its municipalities' facts."""

    kinds: Mapping[int, str]
    municipalities: tuple[MunicipalityFacts, ...]
    municipality_of_party: Mapping[int, MunicipalityFacts]


@dataclass(frozen=True)
class Finding:
    """A breach of the law: what is missing, what to do, and the paragraph."""

    sentence: str
    paragraph: str


def findings(members: MemberFacts) -> list[Finding]:
    """Every breach of lag 2003:1210 among the members on a day; empty when all is in order."""
    return [*_missing_kinds(members), *_missing_regions(members), *_uncovered(members), *_county_borders(members)]


def _missing_kinds(members: MemberFacts) -> Iterable[Finding]:
    kinds = set(members.kinds.values())
    if "social_insurance_agency" not in kinds:
        yield Finding(_("Försäkringskassan är inte medlem. Lägg till den."), "3 § lag (2003:1210)")
    if "employment_service" not in kinds:
        yield Finding(_("Arbetsförmedlingen är inte medlem. Lägg till den."), "3 § lag (2003:1210)")
    if "municipality" not in kinds:
        yield Finding(_("Ingen kommun är medlem. Lägg till minst en."), "3 § lag (2003:1210)")
    outside = any(one.region is None for one in members.municipality_of_party.values())
    if "region" not in kinds and not outside:
        yield Finding(_("Ingen region är medlem. Lägg till kommunernas region."), "3 § lag (2003:1210)")


def _missing_regions(members: MemberFacts) -> Iterable[Finding]:
    for one in members.municipality_of_party.values():
        if one.region is not None and one.region not in members.kinds:
            sentence = _("%(municipality)s ingår men %(region)s är inte medlem. Lägg till regionen.")
            yield Finding(sentence % {"municipality": one.name, "region": one.region_name}, "3 § lag (2003:1210)")


def _uncovered(members: MemberFacts) -> Iterable[Finding]:
    for one in members.municipalities:
        if one.party not in members.kinds:
            sentence = _("Förbundet omfattar %(municipality)s, som inte är medlem. Lägg till kommunen som medlem.")
            yield Finding(sentence % {"municipality": one.name}, "3 § lag (2003:1210)")


def _county_borders(members: MemberFacts) -> Iterable[Finding]:
    """Each border judged on the day it was crossed: when the first municipality of another county became a member."""
    first: dict[str, tuple[date, str]] = {}
    for one in members.municipality_of_party.values():
        if one.since is not None:
            first[one.county] = min(first.get(one.county, (date.max, "")), (one.since, one.name))
    for since, name in sorted(first.values())[1:]:
        if since < ACROSS_COUNTIES_FROM:
            sentence = _(
                "%(municipality)s ligger i ett annat län och är medlem från och med %(day)s. Ett förbund över "
                "länsgräns går från och med den 1 juli 2010. Låt medlemskapet börja då eller senare."
            )
            paragraph = "1 § lag (2003:1210) i lydelse från 2010-07-01"
            yield Finding(sentence % {"municipality": name, "day": since}, paragraph)


def refuse_transition(state: str, wanted: str) -> None:
    """Refuse a change of state that does not stand in TRANSITIONS."""
    if wanted not in TRANSITIONS[state]:
        raise ValidationError(_("Förbundet kan inte gå till det läget nu. Ladda om sidan och se vilket läge det har."))


def refuse_findings(found: Iterable[Finding]) -> None:
    """Stop an activation while the law's demands are not met."""
    sentences = [f"{one.sentence} ({one.paragraph})" for one in found]
    if sentences:
        raise ValidationError(sentences)


def refuse_shared_day(
    first_day: date, ends_before: date | None, others: Iterable[tuple[date, date | None]], sentence: str
) -> None:
    """Refuse a period that shares a day with another."""
    for start, end in others:
        if (end is None or first_day < end) and (ends_before is None or start < ends_before):
            raise ValidationError({"first_day": sentence})


def refuse_before(day: date, first_day: date, field: str) -> None:
    """Refuse a day before the association existed."""
    if day < first_day:
        raise ValidationError(
            {field: _("Förbundet finns från och med %(day)s. Välj den dagen eller en senare.") % {"day": first_day}}
        )


def refuse_later_start(state: str, first_day: date, new_first_day: date) -> None:
    """Refuse to move the first day of an association at work past what may be registered since."""
    if state != "draft" and new_first_day > first_day:
        raise ValidationError(
            {
                "first_day": _("Förbundet är i drift. Första dagen kan inte flyttas framåt från %(day)s.")
                % {"day": first_day}
            }
        )


def refuse_heir(possible: bool) -> None:
    """Refuse a merger into an association that is not at work, or that whoever closes may not see."""
    if not possible:
        raise ValidationError({"merged_into": _("Det förbundet kan inte ta över. Välj ett som är i drift.")})


def refuse_after(day: date, ends_before: date | None, field: str) -> None:
    """Refuse a day after the association was closed."""
    if ends_before is not None and day >= ends_before:
        raise ValidationError({field: _("Förbundet har avslutats. Välj en dag före %(day)s.") % {"day": ends_before}})
