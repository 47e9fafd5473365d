"""The pages about snapshots."""

from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command

from finsam.access.roles import Role
from finsam.snapshots import actions
from finsam.snapshots.models import Snapshot
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]


@pytest.fixture
def analyst(visitor):
    return visitor(factories.user(None, Role.NATIONAL_ANALYST))


@pytest.fixture
def taken():
    return actions.take(actor=factories.operator(), as_of=date(2021, 3, 31))


def work():
    """Let the background worker do what waits."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_an_empty_list_says_what_to_do(analyst):
    assert "Ta den första" in analyst.get("/ogonblicksbilder/").content.decode()


def test_a_snapshot_is_taken_in_the_background_and_followed(analyst):
    answer = analyst.post("/ogonblicksbilder/ny/", {"as_of": "2021-03-31"})
    address = answer.headers["Location"]
    assert "Väntar på sin tur." in analyst.get(address).content.decode()
    part = analyst.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<section")
    assert part.strip() in analyst.get(address).content.decode()
    work()
    one = Snapshot.objects.get()
    assert analyst.get(address).headers["Location"] == f"/ogonblicksbilder/{one.identifier}/"
    onward = analyst.get(address, headers={"HX-Request": "true"})
    assert onward.headers["HX-Redirect"] == f"/ogonblicksbilder/{one.identifier}/"
    assert one.identifier in analyst.get("/ogonblicksbilder/").content.decode()
    assert one.taken_by is not None


def test_a_day_to_come_is_refused_at_its_field(analyst):
    answer = analyst.post("/ogonblicksbilder/ny/", {"as_of": "2021-04-01"})
    assert answer.context["form"].errors["as_of"] == ["Dagen har inte kommit än. Välj 2021-03-31 eller tidigare."]
    assert 'value="2021-04-01"' in answer.content.decode()


def test_a_task_nobody_asked_for_is_not_there(analyst):
    assert analyst.get(f"/ogonblicksbilder/tas/{uuid4()}/").status_code == 404


def test_a_whole_snapshot_is_whole_and_a_changed_byte_is_found(analyst, taken):
    address = f"/ogonblicksbilder/{taken.identifier}/"
    assert taken.digest in analyst.get(address).content.decode()
    assert "Ögonblicksbilden är hel." in analyst.post(f"{address}kontrollera/", follow=True).content.decode()
    file = settings.FINSAM_HOME / "snapshots" / taken.identifier / "codes.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    page = analyst.post(f"{address}kontrollera/", follow=True).content.decode()
    assert "codes.parquet är ändrad" in page


def test_an_unknown_snapshot_is_not_there(analyst):
    assert analyst.get("/ogonblicksbilder/2021-03-31-aaaaaaaaaaaa/").status_code == 404


def test_who_may_look_may_not_take(visitor, taken):
    admin = visitor(factories.user(None, Role.SYSTEM_ADMIN))
    assert "Ta ögonblicksbild" not in admin.get("/ogonblicksbilder/").content.decode()
    assert admin.post("/ogonblicksbilder/ny/", {"as_of": "2021-03-31"}).status_code == 403
