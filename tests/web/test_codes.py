"""The pages about code lists."""

from datetime import date

import pytest

from finsam.access.roles import Role
from finsam.codes.models import Code
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(demo, visitor):
    return visitor(factories.user(None, Role.SYSTEM_ADMIN))


def test_the_lists_say_how_many_codes_wait_for_a_source(admin):
    page = admin.get("/kodlistor/").content.decode()
    assert "Försörjning" in page
    assert "obekräftade" in page
    assert "Alla bekräftade" in page


def test_a_list_shows_each_row_with_its_days_and_source(admin):
    page = admin.get("/kodlistor/support/").content.decode()
    assert "Sjukpenning" in page
    assert "från 2004-01-01" in page
    assert admin.get("/kodlistor/finns_inte/").status_code == 404


def test_a_direction_is_added_with_its_kind_and_its_explanation(admin):
    facts = {
        "code": "peer_support",
        "label": "Kamratstöd",
        "label_en": "Peer support",
        "first_day": "2021-01-01",
        "source": "Påhittad källa",
        "parent": "individual",
        "explanation": "Deltagare stöder varandra.",
    }
    for name, words in (("parent", "Välj ”Hör till”"), ("explanation", "Fyll i ”Förklaring”")):
        assert words in admin.post("/kodlistor/direction/ny/", {**facts, name: ""}).content.decode()
    page = admin.post("/kodlistor/direction/ny/", facts, follow=True).content.decode()
    assert "Deltagare stöder varandra." in page
    assert "Kamratstöd" in page
    assert "Egen" in page
    assert Code.objects.get(code="peer_support").parent == "individual"


def test_a_code_that_is_in_force_already_is_refused_at_its_first_day(admin):
    facts = {"code": "work", "label": "Arbete", "first_day": "2021-01-01", "source": "Påhittad källa"}
    answer = admin.post("/kodlistor/occupation/ny/", facts)
    assert answer.context["form"].errors.keys() == {"first_day"}


def test_a_code_is_closed_on_its_last_day(admin):
    row = Code.objects.get(list="support", code="student_aid")
    assert "Efter sista dagen" in admin.get(f"/kodlistor/rad/{row.pk}/stang/").content.decode()
    page = admin.post(f"/kodlistor/rad/{row.pk}/stang/", {"ends_before": "2021-12-31"}, follow=True).content.decode()
    assert "2004-01-01 – 2021-12-31" in page
    row.refresh_from_db()
    assert row.ends_before == date(2022, 1, 1)


def test_a_code_is_confirmed_against_a_source(admin):
    row = Code.objects.get(list="support", code="student_aid")
    admin.post(f"/kodlistor/rad/{row.pk}/bekrafta/", {"source": "Blankett 9448, läst 2021-03-31"})
    row.refresh_from_db()
    assert row.verified
    assert row.source == "Blankett 9448, läst 2021-03-31"


def test_an_analyst_reads_but_changes_nothing(demo, visitor):
    client = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    assert "Lägg till kod" not in client.get("/kodlistor/support/").content.decode()
    assert client.get("/kodlistor/support/ny/").status_code == 403
