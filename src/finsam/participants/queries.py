"""What may be asked about participations; identities are asked for by actions, which leave a trace."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django_stubs_ext import StrPromise

from finsam.access import queries as access
from finsam.access import trail
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.associations.holdings import Days, Held
from finsam.associations.models import Association
from finsam.codes import queries as codes
from finsam.interventions import queries as interventions
from finsam.interventions.models import Intervention
from finsam.participants.models import Consent, ConsentText, LinkageKey, Need, Participation, Person, Support
from finsam.participants.rules import MISREGISTRATION
from finsam.values.identity import IdentityNumber, Series
from finsam.values.working_counts import WorkingCount

PAGE = 50
OLDEST = 20  # more than one, for a name may have been changed since

EARLIER = ngettext_lazy(
    "%(count)s deltagande som börjar tidigare", "%(count)s deltaganden som börjar tidigare", "count"
)
OPEN = ngettext_lazy("%(count)s deltagande som pågår", "%(count)s deltaganden som pågår", "count")
ENDS_LATER = ngettext_lazy("%(count)s deltagande som slutar senare", "%(count)s deltaganden som slutar senare", "count")
BEGINS_LATER = ngettext_lazy(
    "%(count)s deltagande som börjar senare", "%(count)s deltaganden som börjar senare", "count"
)


@dataclass(frozen=True)
class Line:
    """A participation in a list: name and masked number for the assigned registrar, else only the running number."""

    pk: int
    number: int
    name: str
    masked: str
    starts_on: date
    ends_before: date | None
    end_reason: str
    overdue: bool


@dataclass(frozen=True)
class Page:
    """One page of a list and where the next begins (the number before which it lies), or None at the end."""

    lines: Sequence[Line]
    before: int | None


def listed(
    *, actor: Actor, intervention: Intervention, before: int | None = None, only_open: bool = False, size: int = PAGE
) -> Page:
    """A page of an intervention's participations, newest first; the same cost wherever in the list it lies."""
    actor.require(Permission.SEE_PARTICIPATIONS, intervention)
    rows = intervention.participations.select_related("person").order_by("-number")
    if only_open:
        rows = rows.filter(ends_before=None)
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows[: size + 1])
    named = actor.may(Permission.SEE_IDENTITY, intervention)
    late = intervention.ends_before is not None and intervention.ends_before <= actor.today
    lines = [_line(row, named, late) for row in found[:size]]
    return Page(lines, lines[-1].number if len(found) > size else None)


def line(*, actor: Actor, participation: Participation) -> Line:
    """One participation as it stands in a list."""
    actor.require(Permission.SEE_PARTICIPATIONS, participation)
    intervention = participation.intervention
    late = intervention.ends_before is not None and intervention.ends_before <= actor.today
    return _line(participation, actor.may(Permission.SEE_IDENTITY, intervention), late)


def _line(row: Participation, named: bool, late: bool) -> Line:
    return Line(
        pk=row.pk,
        number=row.number,
        name=row.person.open_name() if named else "",
        masked=IdentityNumber(row.person.open_number()).masked if named else "",
        starts_on=row.starts_on,
        ends_before=row.ends_before,
        end_reason=row.end_reason,
        overdue=late and row.ends_before is None,
    )


def get(*, actor: Actor, pk: int, permission: Permission = Permission.SEE_PARTICIPATIONS) -> Participation:
    """One participation in an intervention where the actor holds the permission; DoesNotExist otherwise."""
    where = interventions.visible(actor=actor, permission=permission)
    found = Participation.objects.select_related("intervention__association", "municipality", "consent__text")
    return found.filter(intervention__in=where.order_by("pk").values("pk")).get(pk=pk)


def history(*, actor: Actor, participation: Participation) -> list[trail.Event]:
    """What was done to a participation and its values, newest first; of name and number only that they were changed."""
    actor.require(Permission.SEE_PARTICIPATIONS, participation)
    own = {"participation_id": participation.pk}
    parts: list[trail.Part] = [
        trail.Whole(Participation, participation.pk, but=("intervention", "person", "consent")),
        trail.Values(Support, own, by=("moment",), shows=("support",)),
        trail.Values(Need, own, shows=("need_group",), label=_("behovsgrupp")),
        trail.Values(Consent, {"id": participation.consent_id}, shows=("given_by", "given_on")),
        trail.Sealed(Person, participation.person_id, _("Namn eller nummer")),
    ]
    named = interventions.colleagues(actor=actor, intervention=participation.intervention)
    return trail.events(parts, trail.Reader(codes.labels, named))


def consent(*, actor: Actor, intervention: Intervention, pk: int) -> Consent:
    """A consent of an intervention that nobody has been enrolled by yet."""
    actor.require(Permission.ENROL, intervention)
    return intervention.consents.select_related("text").filter(participation=None).get(pk=pk)


def known_here(*, actor: Actor, person: Person, index: str) -> Person | None:
    """Whoever else has a number at the person's own controller; what other controllers know is never told."""
    actor.require(Permission.SEE_IDENTITY, person)
    found = Person.objects.filter(controller=person.controller_id, blind_index=index).exclude(pk=person.pk)
    return found.order_by("pk").first()


def is_shown(*, actor: Actor, person: Person, index: str) -> bool:
    """Whether the actor sees anyway, in interventions of their own, who has a number at the person's controller.

    Asked the same way whoever has the number, so that what it takes tells nothing either.
    """
    stays = _seen(actor, index).filter(person__controller=person.controller_id)
    return stays.exclude(person=person.pk).exists()


def newest_seen(*, actor: Actor, index: str) -> Participation | None:
    """The newest stay of a number where the actor sees who it is: asked the same way whoever else knows the number."""
    found = _seen(actor, index).select_related("intervention", "person")
    return found.order_by("-starts_on", "-pk").first()


def _seen(actor: Actor, index: str) -> QuerySet[Participation]:
    """The stays of a number in interventions where the actor sees who it is."""
    where = interventions.visible(actor=actor, permission=Permission.SEE_IDENTITY)
    return Participation.objects.filter(person__blind_index=index, intervention__in=where.order_by("pk").values("pk"))


def enrolled_by(*, actor: Actor, intervention: Intervention, consent_id: int) -> Participation | None:
    """The participation a consent has led to, for whoever sends the last step twice."""
    actor.require(Permission.ENROL, intervention)
    return intervention.participations.filter(consent=consent_id).order_by("pk").first()


def waiting_consents(*, actor: Actor) -> QuerySet[Consent]:
    """Consents recorded in the actor's interventions that lead to no participation yet."""
    where = interventions.visible(actor=actor, permission=Permission.ENROL)
    found = Consent.objects.select_related("intervention").filter(participation=None)
    return found.filter(intervention__in=where.order_by("pk").values("pk")).order_by("given_on", "pk")


def consent_text(*, day: date) -> ConsentText:
    """The text in force on a day; before the first text, the first."""
    texts = ConsentText.objects.order_by("first_day", "pk")
    return texts.filter(first_day__lte=day).last() or texts[0]


def supports(*, actor: Actor, participation: Participation, moment: str) -> list[str]:
    """The supports of a participation before or after."""
    actor.require(Permission.SEE_PARTICIPATIONS, participation)
    return list(participation.supports.filter(moment=moment).order_by("pk").values_list("support", flat=True))


def need_groups(*, actor: Actor, participation: Participation) -> list[str]:
    """The need groups of a participation."""
    actor.require(Permission.SEE_PARTICIPATIONS, participation)
    return list(participation.needs.order_by("pk").values_list("need_group", flat=True))


def ongoing(*, actor: Actor, intervention: Intervention, day: date) -> WorkingCount:
    """How many participate in one intervention on a day, wrong registrations left out."""
    actor.require(Permission.SEE_PARTICIPATIONS, intervention)
    return WorkingCount(running_on(intervention.participations.all(), day).count())


def waiting_keys(*, actor: Actor) -> QuerySet[LinkageKey]:
    """The keys of linkages whose files have not been read yet, oldest first."""
    actor.require(Permission.LINK)
    return LinkageKey.objects.filter(used_at=None).order_by("made_at", "pk")


def waiting_key(*, actor: Actor, fingerprint: str) -> LinkageKey:
    """One of them, by its fingerprint; refused with a sentence when there is none."""
    found = waiting_keys(actor=actor).filter(fingerprint=fingerprint).first()
    if found is None:
        raise ValidationError(
            _("Ingen nyckel %(key)s väntar på en fil. Se vilka som finns: finsam link list") % {"key": fingerprint}
        )
    return found


def running_on(rows: QuerySet[Participation], day: date) -> QuerySet[Participation]:
    """The participations that run on a day; wrong registrations don't."""
    started = rows.filter(starts_on__lte=day).exclude(end_reason=MISREGISTRATION)
    return started.filter(Q(ends_before=None) | Q(ends_before__gt=day))


def outside(*, actor: Actor, record: Intervention | Association, days: Days) -> list[Held]:
    """The stays outside an intervention's or an association's new days, wrong registrations left out.

    How many of each for who registers or answers for them; whoever else narrows the days is told that there are some.
    """
    where = {"intervention": record} if isinstance(record, Intervention) else {"intervention__association": record}
    rows = Participation.objects.filter(**where).exclude(end_reason=MISREGISTRATION)
    counted = [(stays.count(), words) for stays, words in _outside(rows, days, actor.today)]
    found = [words % {"count": count} for count, words in counted if count]
    if found and not actor.may(Permission.SEE_HEAD_COUNTS, record):
        found = [_("minst ett deltagande")]
    remedy = _("Registrera ut deltagarna eller rätta deras dagar först.")
    return [Held(words, remedy) for words in found]


def _outside(
    rows: QuerySet[Participation], days: Days, today: date
) -> Iterator[tuple[QuerySet[Participation], StrPromise]]:
    if days.first_day is not None:
        yield rows.filter(starts_on__lt=days.first_day), EARLIER
    if days.ends_before is not None:
        begun, later = rows.filter(starts_on__lt=days.ends_before), rows.filter(starts_on__gte=days.ends_before)
        if days.ends_before <= today:  # before a day to come an open stay may still end; then it waits (`overdue`)
            yield begun.filter(ends_before=None), OPEN
        yield begun.filter(ends_before__gt=days.ends_before), ENDS_LATER
        yield later, BEGINS_LATER


def overdue(*, actor: Actor) -> QuerySet[Participation]:
    """Open participations in the actor's interventions that have come to an end."""
    where = interventions.visible(actor=actor, permission=Permission.ENROL).filter(ends_before__lte=actor.today)
    found = Participation.objects.select_related("intervention").filter(ends_before=None)
    return found.filter(intervention__in=where.order_by("pk").values("pk")).order_by("starts_on", "pk")


def series() -> Series:
    """Which identity numbers this home takes: those people have, or in a demo those nobody can have."""
    home = access.installation()
    return Series.DEMO if home is not None and home.is_demo else Series.REAL


def open_with_keys() -> bool:
    """Whether the keys at hand open the home's persons; with others, everyone would be registered a second time.

    A change of keys moves the newest first: one that is half done is told by the newest and the oldest together.
    """
    newest, oldest = Person.objects.order_by("-pk").first(), Person.objects.order_by("pk")[:OLDEST]
    return newest is None or (newest.opens() and all(one.has_known_keys() for one in oldest))


@dataclass(frozen=True)
class Counted:
    """Which participations a figure is made of: a year, a flow, any of some supports at the start, a sex.

    No supports means any; no sex means both. No need group (None) means any, and an empty one those for whom none is
    recorded. `before` is the moment until which registrations were in the snapshot.
    """

    year: int
    flow: str
    supports: frozenset[str]
    sex: str
    before: datetime
    need_group: str | None = None


def behind(*, actor: Actor, counted: Counted) -> list[tuple[Intervention, Line]]:
    """The participations behind a figure in interventions where the actor sees them, as they were registered then.

    By number for everyone: the figure says what somebody lives on, and whoever may see who it is opens the record,
    which is logged.
    """
    actor.require_some(Permission.SEE_PARTICIPATIONS)
    where = interventions.visible(actor=actor, permission=Permission.SEE_PARTICIPATIONS).filter(kind="individual")
    own = {one.pk: one for one in where.order_by("name", "pk")}
    stays = _states(Participation, counted.before, intervention_id__in=list(own))
    kept = {pk for pk, stay in stays.items() if _is_counted(stay, counted)}
    if counted.supports:
        held = _states(Support, counted.before, participation_id__in=sorted(kept), moment=Support.Moment.START)
        kept &= {row.participation_id for row in held.values() if row.support in counted.supports}
    if counted.need_group is not None:
        kept &= _of_need_group(kept, counted.need_group, counted.before)
    rows = Participation.objects.select_related("person").filter(pk__in=kept).order_by("number", "pk")
    if counted.sex:
        rows = rows.filter(person__sex=counted.sex)
    lines = [(own[row.intervention_id], _line(row, named=False, late=False)) for row in rows]
    return sorted(lines, key=lambda line: (line[0].name, line[0].pk, line[1].number))


def _of_need_group(kept: set[int], group: str, before: datetime) -> set[int]:
    needs = _states(Need, before, participation_id__in=sorted(kept)).values()
    if not group:
        return kept - {row.participation_id for row in needs}
    return {row.participation_id for row in needs if row.need_group == group}


def _is_counted(stay: Any, counted: Counted) -> bool:
    first, after = date(counted.year, 1, 1), date(counted.year + 1, 1, 1)
    if stay.end_reason == MISREGISTRATION:
        return False
    if counted.flow == "new":
        return bool(first <= stay.starts_on < after)
    if counted.flow == "ended":
        return bool(stay.ends_before is not None and first < stay.ends_before <= after)
    return bool(stay.starts_on < after and (stay.ends_before is None or stay.ends_before > first))


def _states(model: Any, before: datetime, **where: Any) -> dict[int, Any]:
    """The last state of each row registered before a moment; a row taken away by then is not there."""
    last: dict[int, Any] = {}
    for row in model.history.filter(history_date__lt=before, **where).order_by("history_date", "history_id"):
        last[row.id] = row
    return {pk: row for pk, row in last.items() if row.history_type != "-"}
