"""Every address, as a stranger, as each role at home, and as the same role from another association."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from finsam.access.models import ReadRow, User
from finsam.access.roles import Role, roles
from tests import factories
from tests.house import world

# What each role is answered about a record at home, then about a record of another association; roles in the order of
# `Role`: association admin, lead, registrar, reader, analyst, system admin.
#   + shown, or done, or told what is wrong with what was sent     - refused     0 nothing there
TABLE = """
sign_in                                                                                  ++++++  ++++++
sign_out                                                                                 ++++++  ++++++
language                                                                                 ++++++  ++++++
invitation                secret=invitation                                              ++++++  ++++++
start                                                                                    ++++++  ++++++
associations                                                                             ++-+++  ++-+++
association_create                                                                       -----+  -----+
association               pk=association                                                 ++-+++  0+-0++
association_edit          pk=association                                                 +----+  0----+
association_activate      pk=association                                                 +----+  0----+
association_close         pk=association                                                 +----+  0----+
member_add                pk=association                                                 +----+  0----+
member_end                pk=association row=membership                                  +----+  0----+
coverage_add              pk=association                                                 +----+  0----+
coverage_end              pk=association row=coverage                                    +----+  0----+
interventions                                                                            ++++--  ++++--
intervention              pk=intervention                                                ++++--  0000--
intervention_edit         pk=intervention                                                ++----  00----
intervention_plan         pk=intervention                                                ++----  00----
intervention_heads        pk=intervention                                                -++---  -00---
assignment_add/lead       pk=intervention role=intervention_lead                         +-----  0000--
assignment_add/registrar  pk=intervention role=participant_registrar                     -+----  0000--
assignment_end/lead       pk=intervention assignment=intervention_lead_at_work           +-----  0000--
assignment_end/registrar  pk=intervention assignment=participant_registrar_at_work       -+----  0000--
association_interventions pk=association                                                 ++0+--  0+00--
intervention_create       pk=association                                                 +-----  0-----
users                                                                                    -----+  -----+
user_create                                                                              -----+  -----+
user                      pk=user                                                        -----+  -----+
user_edit                 pk=user                                                        -----+  -----+
grant_add                 pk=user                                                        -----+  -----+
grant_remove              pk=user grant=grant                                            -----+  -----+
grant_confirm             pk=user grant=grant                                            -----+  -----+
link_confirm              pk=user link=link                                              -----+  -----+
link_withdraw             pk=user link=link                                              -----+  -----+
user_active               pk=user                                                        -----+  -----+
user_invite               pk=user                                                        -----+  -----+
codes                                                                                    +++-++  +++-++
code_list                 list_key=end_reason                                            +++-++  +++-++
code                      pk=code                                                        +++-++  +++-++
code_add                  list_key=end_reason                                            -----+  -----+
code_close                pk=code                                                        -----+  -----+
code_confirm              pk=code                                                        -----+  -----+
events                                                                                   -----+  -----+
readings                                                                                 -----+  -----+
participants                                                                             --+---  --+---
participants_waiting                                                                     --+---  --+---
participation             pk=participation                                               --+---  -00---
participation_end         pk=participation                                               --+---  --0---
participation_correct     pk=participation                                               --+---  --0---
participation_wrong       pk=participation                                               --+---  --0---
person_number             pk=participation                                               --+---  --0---
person_erase              pk=participation                                               --+---  --0---
intervention_participants pk=intervention                                                -++---  -00---
intervention_waiting      pk=intervention                                                --+---  --0---
enrol                     pk=intervention                                                --+---  --0---
enrol_person              pk=intervention consent=consent                                --+---  --0---
consent_discard           pk=intervention consent=consent                                --+---  --0---
snapshots                                                                                ----++  ----++
snapshot_take                                                                            ----+-  ----+-
snapshot_taking           task=00000000-0000-4000-8000-000000000000                      ----0-  ----0-
snapshot                  identifier=identifier                                          ----++  ----++
snapshot_verify           identifier=identifier                                          ----++  ----++
reports                                                                                  ----+-  ----+-
report_order              key=national-annual                                            ----+-  ----+-
report                    pk=run                                                         ----+-  ----+-
report_source             pk=run                                                         ----0-  ----0-
report_file               pk=run kind=pdf                                                ----0-  ----0-
tables                                                                                   ++++++  ++++++
table_waiting             task=00000000-0000-4000-8000-000000000000                      000000  000000
table_save                pk=run                                                         000000  000000
table_discard             pk=run                                                         000000  000000
table_file                pk=run kind=csv                                                000000  000000
table_figure              pk=run key=2020                                                000000  000000
late                                                                                     ++++++  ++++++
late_count                                                                               ----+-  ----+-
editions                                                                                 ++++++  ++++++
edition_compile           key=national-annual                                            ----+-  ----+-
edition_progress          pk=compilation                                                 ----+-  ----+-
edition                   identifier=edition                                             0000+0  0000+0
edition_report            identifier=edition                                             0000+0  0000+0
edition_file              identifier=edition kind=pdf                                    0000+0  0000+0
edition_figure            identifier=edition table=totals key=2020/volume/total          0000+0  0000+0
edition_review            identifier=edition                                             ----+-  ----+-
edition_publish           identifier=edition                                             ----+-  ----+-
edition_attack            identifier=edition                                             ----+-  ----+-
edition_replace           identifier=edition                                             ----+-  ----+-
answer_participants       pk=run key=2020                                                -00---  -00---
figure_participants       identifier=edition table=totals key=2020/volume/total          -00---  -00---
"""
PUBLIC = {"sign_in", "invitation", "language"}
LETTERS = {200: "+", 204: "+", 302: "+", 400: "+", 403: "-", 404: "0", 409: "+", 410: "+", 422: "+"}


@dataclass(frozen=True)
class Row:
    """One address: the records its arguments name, and the answers at home and away."""

    arguments: dict[str, str]
    home: str
    away: str


def table() -> dict[str, Row]:
    """The table's rows, by the name of the address."""
    found = {}
    for line in TABLE.strip().splitlines():
        name, *arguments, home, away = line.split()
        found[name] = Row(dict(argument.split("=") for argument in arguments), home, away)
    return found


EXPECTED = table()


@pytest.fixture
def home(db) -> world.Place:
    return world.place()


@pytest.fixture
def away(db, home) -> world.Place:
    return world.place()


def route(name: str) -> str:
    """The address a row is about; what follows a stroke tells rows about the same address apart."""
    return name.partition("/")[0]


def url(name: str, place: world.Place) -> str:
    """The address of a page about a record of a place; an argument that is no record there stands for itself."""
    values = {key: place.records.get(what, what) for key, what in EXPECTED[name].arguments.items()}
    return reverse(route(name), kwargs={key: getattr(value, "pk", value) for key, value in values.items()})


def installed() -> list[str]:
    rooms = "participant_registrar" in roles()
    return [name for name in EXPECTED if route(name) in world.routes() and (rooms or not name.endswith("/registrar"))]


def letter(answer: Any) -> str:
    """How the table writes an answer; a way to the door would mean that nobody knew who asked."""
    to_the_door = answer.status_code == 302 and f"{reverse('sign_in')}?next=" in answer["Location"]
    return "?" if to_the_door else LETTERS.get(answer.status_code, str(answer.status_code))


def answers(user: User, address: str) -> str:
    """How an address answers a user who asks, and sends an empty form; nothing that is done is kept."""
    client = Client()
    client.force_login(user)
    asked = client.get(address)
    with transaction.atomic():
        sent = client.post(address)
        transaction.set_rollback(True)
    return "".join(sorted({letter(one) for one in (asked, sent) if one.status_code != 405}))


def differences(user: User, place: world.Place, expected: dict[str, str]) -> dict[str, str]:
    """The addresses that answer a user otherwise than expected."""
    found = {name: answers(user, url(name, place)) for name in expected}
    return {name: f"{answer}, not {expected[name]}" for name, answer in found.items() if answer != expected[name]}


def test_every_address_is_in_the_table():
    listed = {route(name) for name in EXPECTED}
    missing = set(world.routes()) - listed
    gone = listed - set(world.routes()) if not settings.FINSAM_WITHOUT else set()
    assert not missing
    assert not gone


@pytest.mark.parametrize("number", range(len(Role)), ids=[role.value for role in Role])
def test_each_role_at_home(home, number):
    role = list(Role)[number].value
    if user := home.users.get(role):
        assert not differences(user, home, {name: EXPECTED[name].home[number] for name in installed()})


@pytest.mark.parametrize("number", range(len(Role)), ids=[role.value for role in Role])
def test_each_role_from_another_association(home, away, number):
    role = list(Role)[number].value
    if user := away.users.get(role):
        assert not differences(user, home, {name: EXPECTED[name].away[number] for name in installed()})


def test_strangers_are_sent_to_the_door(home):
    for name in set(installed()) - PUBLIC:
        for answer in (Client().get(url(name, home)), Client().post(url(name, home))):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("sign_in")), name


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_asking_writes_nothing_but_the_read_log(home, role):
    if role not in home.users:
        return
    client = Client()
    client.force_login(home.users[role])
    surprises = {}
    for name in installed():
        with world.spying() as written:
            client.get(url(name, home))
        if beyond := set(written) - {ReadRow._meta.db_table}:
            surprises[name] = beyond
    assert not surprises


def test_pages_tell_the_browser_what_to_trust(home):
    client = Client()
    client.force_login(home.users["reader"])
    answer = client.get(reverse("start"))
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_someone_who_may_no_longer_sign_in_is_a_stranger(home):
    client = Client()
    user = home.users["reader"]
    client.force_login(user)
    factories.access.set_active(actor=factories.operator(), user=user, is_active=False)
    assert client.get(reverse("start"))["Location"].startswith(reverse("sign_in"))
