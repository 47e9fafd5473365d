"""What waits for someone on the start page: each kind of thing asks its own room, none counts persons."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.access import queries as access
from finsam.access.actors import Actor
from finsam.access.roles import Permission, Role
from finsam.associations import queries as associations
from finsam.codes import queries as codes
from finsam.editions import queries as edition_queries
from finsam.editions import run_queries
from finsam.interventions import queries as interventions
from finsam.snapshots import queries as snapshot_queries
from finsam.web.addresses import address
from finsam.web.pieces import Todo
from finsam.web.templatetags.formats import moment

MOST = 10  # a longer list is no list of things to do: the rest comes when the first are done
SHOWN_OPENED: Final = timedelta(days=7)  # how long a link that was opened stands on the start page
ANNUAL: Final = "national-annual"  # the report that is due each year


def waiting(actor: Actor) -> list[Todo]:
    """Everything that waits for an actor, the overdue first."""
    found = [todo for kind in KINDS for todo in kind(actor)]
    return sorted(found, key=lambda todo: not todo.overdue)[:MOST]


def _uncounted(actor: Actor) -> Iterator[Todo]:
    """Volume interventions without last year's head count: overdue from New Year."""
    if not actor.has(Permission.COUNT_HEADS):
        return
    year = actor.today.year - 1
    late = (actor.today - date(year + 1, 1, 1)).days
    for one in interventions.without_head_count(actor=actor, year=year)[:MOST]:
        yield Todo(
            title=_("Fyll i antal deltagare för %(year)s") % {"year": year},
            url=address("intervention_heads", one.pk),
            where=one.name,
            since=_days(late),
            overdue=True,
        )


def _leaderless(actor: Actor) -> Iterator[Todo]:
    """Running interventions in which nobody is lead."""
    if not actor.has(Permission.ASSIGN_LEAD):
        return
    for one in interventions.without(actor=actor, role=Role.INTERVENTION_LEAD)[:MOST]:
        yield Todo(
            title=_("Utse insatsansvarig"),
            url=address("assignment_add", one.pk, Role.INTERVENTION_LEAD.value),
            where=one.name,
            since=_("saknas"),
            overdue=True,
        )


def _misplaced(actor: Actor) -> Iterator[Todo]:
    """Structural interventions that register participants, which only individual ones have."""
    if not actor.has(Permission.CREATE_INTERVENTION):
        return
    for one in interventions.misplaced(actor=actor, permission=Permission.CREATE_INTERVENTION)[:MOST]:
        yield Todo(
            title=_("Avsluta insatsen som har deltagare fast den är strukturövergripande"),
            url=address("intervention", one.pk),
            where=one.name,
            overdue=True,
        )


def _unlawful(actor: Actor) -> Iterator[Todo]:
    """One's own associations that the law asks something more of."""
    where = actor.associations(Permission.EDIT_ASSOCIATION)
    if not where:
        return
    for one in associations.editable(actor=actor).exclude(state="closed"):
        found = associations.findings(actor=actor, association=one, day=actor.today)
        if found:
            yield Todo(
                title=_("Rätta medlemmarna"),
                url=address("association", one.pk),
                where=one.name,
                since=ngettext("%(count)s brist", "%(count)s brister", len(found)) % {"count": len(found)},
                overdue=True,
            )


def _unseconded(actor: Actor) -> Iterator[Todo]:
    """Roles and links that a colleague has given and that the system administrator can confirm."""
    if not actor.may(Permission.MANAGE_USERS):
        return
    for grant in access.waiting_grants(actor=actor)[:MOST]:
        title = _("Bekräfta rollen %(role)s") % {"role": grant.label.lower()}
        yield Todo(title, address("user", grant.user_id), where=grant.user.name, since=_("gäller inte än"))
    for link in access.waiting_links(actor=actor)[:MOST]:
        since = _days((actor.today - timezone.localtime(link.made_at).date()).days)
        yield Todo(_("Bekräfta engångslänken"), address("user", link.user_id), where=link.user.name, since=since)


def _opened(actor: Actor) -> Iterator[Todo]:
    """Links one has made or confirmed that somebody has opened: whoever it is for is asked whether it was they."""
    if not actor.may(Permission.MANAGE_USERS):
        return
    for link in access.opened_links(actor=actor, since=actor.at - SHOWN_OPENED)[:MOST]:
        yield Todo(
            _("Fråga %(name)s om hen har öppnat sin länk") % {"name": link.user.name},
            address("user", link.user_id),
            where=_("Länken öppnades %(moment)s.") % {"moment": moment(link.used_at)},
        )


def _unready(actor: Actor) -> Iterator[Todo]:
    """Users without a role, and associations still being prepared, for the system administrator."""
    if not actor.may(Permission.MANAGE_USERS):
        return
    for user in access.users(actor=actor).filter(grants=None, is_active=True)[:MOST]:
        yield Todo(title=_("Ge en roll"), url=address("user", user.pk), where=user.name, since=_("utan roll"))
    for one in _drafts(actor):
        yield Todo(
            title=_("Gör förbundet klart"), url=address("association", one.pk), where=one.name, since=_("förbereds")
        )


def _drafts(actor: Actor) -> Iterable[Any]:
    return associations.editable(actor=actor).filter(state="draft")[:MOST]


def _unconfirmed(actor: Actor) -> Iterator[Todo]:
    """Lists with code rows that nobody has confirmed."""
    if not actor.may(Permission.MANAGE_CODES):
        return
    lists = set(codes.rows(actor=actor).filter(verified=False).values_list("list", flat=True))
    if lists:
        where = ngettext("%(count)s lista", "%(count)s listor", len(lists)) % {"count": len(lists)}
        yield Todo(title=_("Bekräfta koder"), url=address("codes"), where=where, since=_("obekräftade"))


def _unreported(actor: Actor) -> Iterator[Todo]:
    """Last year's snapshot, due on 31 January, and then its report."""
    year = actor.today.year - 1
    due = date(year + 1, 1, 31)
    if not actor.may(Permission.TAKE_SNAPSHOT) or actor.today < due:
        return
    if not snapshot_queries.snapshots(actor=actor).filter(as_of__gte=due).exists():
        title = _("Ta ögonblicksbild för %(year)s") % {"year": year}
        yield Todo(title, address("snapshots"), since=_days((actor.today - due).days), overdue=True)
    elif actor.may(Permission.PRODUCE_REPORT):
        made = run_queries.runs(actor=actor).filter(report=ANNUAL, year=year, state="done")
        if not made.exists():
            yield Todo(
                _("Ta fram årsrapporten för %(year)s") % {"year": year}, address("reports"), since=_("inte gjord")
            )


def _unpublished(actor: Actor) -> Iterator[Todo]:
    """Editions that wait to be reviewed, and those that somebody else has compiled and that can be published."""
    if not actor.may(Permission.REVIEW_EDITION):
        return
    for one in edition_queries.editions(actor=actor).filter(state__in=("drafted", "reviewed"))[:MOST]:
        reviewed = one.state == "reviewed"
        if not reviewed or actor.user_id != one.compiled_by:
            title = _("Publicera utgåvan för %(year)s") if reviewed else _("Granska utgåvan för %(year)s")
            yield Todo(title % {"year": one.year}, address("edition", one.identifier), where=one.identifier)


def _days(count: int) -> str:
    return ngettext("%(days)s dag", "%(days)s dagar", count) % {"days": count}


KINDS: Final[Sequence[Callable[[Actor], Iterator[Todo]]]] = (
    _uncounted,
    _leaderless,
    _misplaced,
    _unlawful,
    _unreported,
    _unpublished,
    _unseconded,
    _opened,
    _unready,
    _unconfirmed,
)
