"""What each role comes to Finsam to do: the direct ways from the start page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from finsam.access.actors import Actor
from finsam.access.roles import Permission, Role
from finsam.associations import queries as associations
from finsam.web.addresses import address
from finsam.web.menus import CENTRAL, LOCAL


@dataclass(frozen=True)
class Way:
    """A thing to do: its words, its page, the permission it takes, and whose start page it stands on."""

    label: StrPromise
    text: StrPromise
    page: str
    permission: Permission
    roles: frozenset[Role]
    per_association: bool = False


@dataclass(frozen=True)
class Service:
    """A thing to do, as shown."""

    label: str
    text: str
    url: str


P, R = Permission, Role

WAYS: Final[Sequence[Way]] = (
    Way(
        _("Skapa insats"),
        _("Beskriv insatsen, välj inriktning och parter, och utse sedan en insatsansvarig."),
        "intervention_create",
        P.CREATE_INTERVENTION,
        LOCAL,
        per_association=True,
    ),
    Way(_("Se insatserna"), _("Alla insatser i ditt förbund."), "interventions", P.SEE_INTERVENTION, LOCAL),
    Way(_("Se förbundet"), _("Medlemmar, kommuner och läge."), "associations", P.SEE_ASSOCIATION, LOCAL),
    Way(
        _("Ta ögonblicksbild"),
        _("Frys uppgifterna som de är registrerade en viss dag, för rapporter."),
        "snapshots",
        P.TAKE_SNAPSHOT,
        CENTRAL,
    ),
    Way(
        _("Ta fram årsrapporten"),
        _("Välj år och ögonblicksbild. Rapporten blir webbsida, pdf, Excel och csv."),
        "reports",
        P.PRODUCE_REPORT,
        CENTRAL,
    ),
    Way(
        _("Sammanställ utgåva"),
        _("Det som ska ut: skyddat tillsammans med allt som redan är publicerat."),
        "editions",
        P.COMPILE_EDITION,
        CENTRAL,
    ),
    Way(
        _("Lägg till användare"),
        _("Ange arbetsgivare, ge en roll och lämna en engångslänk."),
        "user_create",
        P.MANAGE_USERS,
        CENTRAL,
    ),
    Way(
        _("Lägg till förbund"),
        _("Namn, organisationsnummer och första dag. Sedan medlemmar och kommuner."),
        "association_create",
        P.OPERATE,
        CENTRAL,
    ),
    Way(_("Se förbunden"), _("Medlemmar, kommuner och karta."), "associations", P.SEE_ASSOCIATION, CENTRAL),
    Way(
        _("Sköt kodlistorna"),
        _("Lägg till, stäng och bekräfta koder."),
        "codes",
        P.MANAGE_CODES,
        CENTRAL,
    ),
    Way(
        _("Läs statistiken"),
        _("De utgåvor av rapporterna som är publicerade."),
        "editions",
        P.SEE_REPORTS,
        LOCAL | {R.SYSTEM_ADMIN},
    ),
)


def services(actor: Actor) -> list[Service]:
    """The things an actor can do here, in order; a page that isn't installed isn't offered."""
    open_to = [way for way in WAYS if way.roles & actor.grants.keys() and actor.has(way.permission)]
    return [service for way in open_to for service in _services(actor, way) if service.url]


def _services(actor: Actor, way: Way) -> Iterator[Service]:
    if not way.per_association:
        yield Service(str(way.label), str(way.text), address(way.page))
        return
    where = actor.associations(way.permission) or frozenset()
    own = list(associations.visible(actor=actor).filter(organisation_id__in=where, state="active"))
    for one in own:
        label = str(way.label) if len(own) == 1 else f"{way.label}: {one.name}"
        yield Service(label, str(way.text), address(way.page, one.pk))
