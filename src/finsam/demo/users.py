"""The demo's users: one sign-in for each role, all with the same known password."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password

from finsam.access import actions as access
from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.models import Organisation, User
from finsam.access.roles import Role, roles
from finsam.associations.models import Association
from finsam.demo.drawing.showcase import EMPLOYER, SHOWCASE, SHOWN
from finsam.demo.keys import Keys
from finsam.interventions import actions as interventions
from finsam.interventions.models import Intervention
from finsam.interventions.queries import without

PASSWORD: Final = "bara på låtsas"  # noqa: S105  # known to all on purpose: the home holds invented people only
AUTHORITY: Final = "Påhittade uppföljningsmyndigheten"


@dataclass(frozen=True)
class SignIn:
    """A demo user as the start of the server prints it."""

    role: Role
    name: str
    email: str
    works_for: str  # "association", "municipality", "region" or "authority"


ALL: Final = (
    SignIn(Role.PARTICIPANT_REGISTRAR, "Rut Registrar", "rut@finsam.example", "municipality"),
    SignIn(Role.INTERVENTION_LEAD, "Lena Ledare", "lena@finsam.example", "municipality"),
    SignIn(Role.ASSOCIATION_ADMIN, "Adam Administratör", "adam@finsam.example", "association"),
    SignIn(Role.READER, "Linn Läsare", "linn@finsam.example", "region"),
    SignIn(Role.NATIONAL_ANALYST, "Anna Analytiker", "anna@finsam.example", "authority"),
    SignIn(Role.SYSTEM_ADMIN, "Sixten System", "sixten@finsam.example", "authority"),
)

COLLEAGUE: Final = SignIn(Role.INTERVENTION_LEAD, "Lova Ledare", "lova@finsam.example", "region")
PUBLISHER: Final = SignIn(Role.NATIONAL_ANALYST, "Alva Analytiker", "alva@finsam.example", "authority")
SECOND: Final = SignIn(Role.SYSTEM_ADMIN, "Siv System", "siv@finsam.example", "authority")
WITHOUT_LEAD: Final = 2  # running interventions of the association that wait for one


def sign_ins() -> list[SignIn]:
    """The sign-ins of the roles that exist in this installation."""
    return [one for one in ALL if one.role in roles()]


def write(actor: Actor, keys: Keys) -> None:
    """Create a user for each role, with work in the interventions of the start page."""
    home = Association.objects.select_related("organisation").get(name=SHOWCASE)
    employers = {
        "association": home.organisation,
        "municipality": Organisation.objects.get(pk=keys.parties[EMPLOYER]),
        "region": Organisation.objects.get(kind=Organisation.Kind.REGION, code=EMPLOYER.code[:2]),
        "authority": access.register_organisation(actor=actor, kind=Organisation.Kind.AUTHORITY, name=AUTHORITY),
    }
    password = make_password(PASSWORD)  # once: it is slow by design
    made = {one.role: _user(actor, one, employers[one.works_for], home, password) for one in sign_ins()}
    _user(
        actor, PUBLISHER, employers[PUBLISHER.works_for], home, password
    )  # who compiled an edition does not publish it
    colleague = _user(actor, COLLEAGUE, employers[COLLEAGUE.works_for], home, password)
    _user(actor, SECOND, employers[SECOND.works_for], home, password)  # who confirms what Sixten gives
    shown = Intervention.objects.filter(pk__in=keys.interventions[: len(SHOWN)]).order_by("pk")
    for intervention in shown:
        for role in (Role.INTERVENTION_LEAD, Role.PARTICIPANT_REGISTRAR):
            if role in made:
                interventions.assign(actor=actor, intervention=intervention, user=made[role], role=role)
    lonely = without(actor=actor, role=Role.INTERVENTION_LEAD).filter(association=home)
    for intervention in lonely.order_by("starts_on", "pk")[: max(0, lonely.count() - WITHOUT_LEAD)]:
        interventions.assign(actor=actor, intervention=intervention, user=colleague, role=COLLEAGUE.role)


def _user(actor: Actor, one: SignIn, employer: Organisation, home: Association, password: str) -> User:
    user = access.create_user(actor=actor, email=one.email, name=one.name, employer=employer)
    user.password = password
    audit.write(actor, "demo.load", user)
    where = home.organisation if roles()[one.role].per_association else None
    access.grant(actor=actor, user=user, role=one.role, organisation=where)
    return user
