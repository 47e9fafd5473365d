"""What may be asked about associations, their members and Sweden's municipalities."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.access import queries as access
from finsam.access import trail
from finsam.access.actors import Actor
from finsam.access.models import Organisation
from finsam.access.roles import Permission
from finsam.associations import rules
from finsam.associations.holdings import Held
from finsam.associations.models import Association, Coverage, Membership, Municipality


def running_on(day: date) -> Q:
    """The filter for dated rows in force on a day."""
    return Q(first_day__lte=day) & (Q(ends_before=None) | Q(ends_before__gt=day))


def running_past(day: date) -> Q:
    """The filter for dated rows that began before a day and do not end by it."""
    return Q(first_day__lt=day) & (Q(ends_before=None) | Q(ends_before__gt=day))


def visible(*, actor: Actor) -> QuerySet[Association]:
    """The associations the actor may see, by name."""
    where = actor.associations(Permission.SEE_ASSOCIATION)
    found = Association.objects.select_related("organisation").order_by("name", "pk")
    return found if where is None else found.filter(organisation_id__in=where)


@dataclass(frozen=True)
class OwnPlaces:
    """What is an actor's own: associations by number and name, and the municipalities and counties that they cover."""

    numbers: frozenset[str]
    names: frozenset[str]
    municipalities: frozenset[str]
    counties: frozenset[str]


def own_places(*, actor: Actor) -> OwnPlaces:
    """The associations that the actor answers for, with where they work today; nothing for whoever sees them all."""
    where = actor.associations(Permission.SEE_ASSOCIATION)
    if where is None:
        return OwnPlaces(frozenset(), frozenset(), frozenset(), frozenset())
    running = running_on(actor.today)
    found = list(visible(actor=actor))
    covered = Coverage.objects.filter(running, association__in=found).values_list("municipality__code", flat=True)
    codes = frozenset(covered.order_by("municipality__code"))
    numbers, names = (frozenset(getattr(one, name) for one in found) for name in ("number", "name"))
    return OwnPlaces(numbers, names, codes, frozenset(code[:2] for code in codes))


def editable(*, actor: Actor) -> QuerySet[Association]:
    """The associations the actor may change."""
    where = actor.associations(Permission.EDIT_ASSOCIATION)
    found = Association.objects.order_by("name", "pk")
    return found if where is None else found.filter(organisation_id__in=where)


def get(*, actor: Actor, pk: int) -> Association:
    """One association the actor may see; DoesNotExist otherwise, so that nothing tells it is there."""
    return visible(actor=actor).get(pk=pk)


def listed(*, actor: Actor) -> QuerySet[Association]:
    """The associations the actor may see, each with its number of members and municipalities today."""
    day = actor.today
    running = (Q(memberships__ends_before=None) | Q(memberships__ends_before__gt=day)) & Q(
        memberships__first_day__lte=day
    )
    covered = (Q(coverages__ends_before=None) | Q(coverages__ends_before__gt=day)) & Q(coverages__first_day__lte=day)
    return visible(actor=actor).annotate(
        members=Count("memberships", filter=running, distinct=True),
        municipalities=Count("coverages", filter=covered, distinct=True),
    )


def history(*, actor: Actor, association: Association) -> list[trail.Event]:
    """What was done to an association, its members and its municipalities, newest first."""
    actor.require(Permission.SEE_ASSOCIATION, association)
    own = {"association_id": association.pk}
    parts: list[trail.Part] = [
        trail.Whole(Association, association.pk, but=("organisation",)),
        trail.Values(Membership, own, by=("party",)),
        trail.Values(Coverage, own, by=("municipality",), label=_("kommun")),
    ]
    return trail.events(parts, trail.Reader(named=access.nameable(actor=actor)))


def memberships(*, actor: Actor, association: Association) -> QuerySet[Membership]:
    """All memberships of an association, past ones too."""
    actor.require(Permission.SEE_ASSOCIATION, association)
    return association.memberships.select_related("party").order_by("party__kind", "party__name", "first_day", "pk")


def members_on(*, actor: Actor, association: Association, day: date) -> int:
    """How many parties are members on a day."""
    return memberships(actor=actor, association=association).filter(running_on(day)).count()


def membership(*, actor: Actor, association: Association, pk: int) -> Membership:
    """One membership of an association."""
    return memberships(actor=actor, association=association).get(pk=pk)


def coverages(*, actor: Actor, association: Association) -> QuerySet[Coverage]:
    """The municipalities an association covers or has covered."""
    actor.require(Permission.SEE_ASSOCIATION, association)
    return association.coverages.select_related("municipality__county").order_by(
        "municipality__code", "first_day", "pk"
    )


def coverage(*, actor: Actor, association: Association, pk: int) -> Coverage:
    """One covered municipality of an association."""
    return coverages(actor=actor, association=association).get(pk=pk)


def municipality_codes(*, actor: Actor, association: Association, day: date) -> list[str]:
    """The codes of the municipalities covered on a day, for the map."""
    found = coverages(actor=actor, association=association).filter(running_on(day))
    return list(found.values_list("municipality__code", flat=True))


def findings(*, actor: Actor, association: Association, day: date) -> list[rules.Finding]:
    """The breaches of the law among an association's members on a day."""
    actor.require(Permission.SEE_ASSOCIATION, association)
    return rules.findings(member_facts(association, day))


def member_facts(association: Association, day: date) -> rules.MemberFacts:
    """An association's members on a day as the law's rules want them."""
    members = list(association.memberships.select_related("party").filter(running_on(day)).order_by("-first_day", "pk"))
    parties = {row.party_id: row.party.kind for row in members}
    since = {row.party_id: row.first_day for row in members}
    covered = list(
        association.coverages.filter(running_on(day))
        .order_by("municipality__code", "pk")
        .values_list("municipality_id", flat=True)
    )
    dated = Municipality.objects.select_related("county", "region").filter(running_on(day)).order_by("code", "pk")
    as_members = [facts(one, since[one.party_id]) for one in dated.filter(party_id__in=parties)]
    as_covered = [facts(one) for one in dated.filter(pk__in=covered)]
    return rules.MemberFacts(parties, tuple(as_covered), {one.party: one for one in as_members})


def facts(one: Municipality, member_since: date | None = None) -> rules.MunicipalityFacts:
    """A municipality's facts as the law's rules want them; in its county it is a member from when it lay there."""
    region = one.region.name if one.region else ""
    since = None if member_since is None else max(member_since, one.first_day)
    return rules.MunicipalityFacts(one.party_id, one.name, one.county.code, one.region_id, region, since)


def municipalities(*, day: date) -> QuerySet[Municipality]:
    """Sweden's municipalities on a day, by name; a public list."""
    return (
        Municipality.objects.select_related("county", "region", "party").filter(running_on(day)).order_by("name", "pk")
    )


def members_during(association: Association, first_day: date, ends_before: date | None) -> set[int]:
    """The organisation ids of the parties that are members on any day of a period (None: without end)."""
    found = association.memberships.filter(Q(ends_before=None) | Q(ends_before__gt=first_day)).order_by("pk")
    if ends_before is not None:
        found = found.filter(first_day__lt=ends_before)
    return set(found.values_list("party", flat=True))


def outside(*, actor: Actor, association: Association, ends_before: date, merges: bool) -> list[Held]:
    """Members and municipalities that begin after an association ends; in a merger also those that somebody takes over.

    All others end with the association.
    """
    actor.require(Permission.SEE_ASSOCIATION, association)
    later = Q(first_day__gte=ends_before)
    members = association.memberships.filter(later).count()
    covered = association.coverages.filter(later | running_past(ends_before) if merges else later).count()
    found = []
    if members:
        words = ngettext("%(count)s medlemskap som börjar senare", "%(count)s medlemskap som börjar senare", members)
        found.append(Held(words % {"count": members}, _("Avsluta de medlemskapen först.")))
    if covered:
        words = ngettext("%(count)s kommun", "%(count)s kommuner", covered)
        remedy = _("Ta bort kommunerna ur förbundet först, och lägg till dem i det som tar över.")
        found.append(Held(words % {"count": covered}, remedy))
    return found


def member_parties(association: Association, day: date) -> QuerySet[Organisation]:
    """The parties that are members on a day, by name; asked by rooms above about a record already allowed."""
    keys = association.memberships.filter(running_on(day)).order_by("pk").values("party")
    return Organisation.objects.filter(pk__in=keys).order_by("kind", "name", "pk")
