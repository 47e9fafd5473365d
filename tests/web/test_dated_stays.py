"""Late registration of participants across a changed code: first day, last day and day of consent decide the lists."""

from datetime import date

import pytest

from finsam.access import audit
from finsam.associations.models import Municipality
from finsam.participants.models import Consent, ConsentText, Participation
from tests import factories
from tests.participants import people
from tests.web.test_dated import AFTER, BEFORE, change, offered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def one():
    return factories.intervention(name="Unga in")


@pytest.fixture
def actor(one):
    return factories.actor(factories.registrar(one))


@pytest.fixture
def registrar(one, visitor):
    return visitor(factories.registrar(one))


@pytest.fixture
def address(one, actor):
    return f"/insatser/{one.pk}/registrera/{people.consent(actor, one, date(2020, 5, 1)).pk}/"


def typed(**facts):
    return {
        "number": people.identity().number,
        "name": "Låtsas Exempelberg",
        "municipality": Municipality.objects.get(code="0180").pk,
        "starts_on": BEFORE,
        "supports": ["social_assistance"],
        "months_in_support": "3 år",
        "education": "upper_secondary",
        "occupation": "other",
        "need_groups": ["mental_ill_health"],
    } | facts


LISTS = [
    ("supports", "support", "social_assistance"),
    ("education", "education", "upper_secondary"),
    ("occupation", "occupation", "other"),
    ("need_groups", "need_group", "mental_ill_health"),
]


@pytest.mark.parametrize(("field", "list_key", "code"), LISTS)
def test_a_start_offers_the_codes_of_the_first_day(address, registrar, field, list_key, code):
    change(list_key, code)
    assert code not in offered(registrar.get(address), field)
    asked = registrar.post(address, typed(step="day"))
    assert code in offered(asked, field)
    assert "invented" not in offered(asked, field)
    assert 'value="Låtsas Exempelberg"' in asked.content.decode()
    assert not Participation.objects.exists()
    registrar.post(address, typed(step="save"))
    assert Participation.objects.get().starts_on == date(2020, 6, 1)


@pytest.mark.parametrize("step", ["day", "check", "save"])
def test_a_refused_code_shows_the_list_that_holds_that_day(address, registrar, step):
    change("support", "social_assistance")
    answer = registrar.post(address, typed(step=step, starts_on=AFTER))
    refused = {"supports": ["Värdet gäller inte den 2021-02-01. Välj ett annat i listan."]}
    assert answer.context["form"].errors == refused
    assert "invented" in offered(answer, "supports")
    assert "Påhittad ny" in answer.content.decode()


def test_a_correction_offers_the_codes_of_the_first_day_it_is_given(one, actor, registrar):
    stay = people.participation(one, actor, starts_on=date(2020, 6, 1))
    change("education", "upper_secondary")
    address = f"/deltagare/{stay.pk}/ratta/"
    assert "upper_secondary" in offered(registrar.get(address), "education")
    assert "upper_secondary" not in offered(registrar.post(address, {"starts_on": AFTER, "step": "day"}), "education")


def test_an_end_offers_the_codes_of_the_last_day(one, actor, registrar):
    stay = people.participation(one, actor, starts_on=date(2020, 3, 2))
    change("end_reason", "completed")
    address = f"/deltagare/{stay.pk}/avsluta/"
    assert "invented" in offered(registrar.get(address), "end_reason")
    asked = offered(registrar.post(address, {"last_day": BEFORE, "step": "day"}), "end_reason")
    assert "completed" in asked
    assert not asked & {"invented", "misregistration"}


def test_a_consent_offers_the_codes_and_the_text_of_the_day_it_was_given(one, registrar):
    change("given_by", "representative")
    text = ConsentText(version="2021-1", text="Nya ord.", first_day=date(2021, 1, 1))
    audit.write(factories.operator(), "test.text", text)
    address = f"/insatser/{one.pk}/registrera/"
    today = registrar.get(address)
    assert "Nya ord." in today.content.decode()
    assert "invented" in offered(today, "given_by")
    asked = registrar.post(address, {"given_on": BEFORE, "step": "day"})
    assert "representative" in offered(asked, "given_by")
    assert "Nya ord." not in asked.content.decode()
    assert "#samtyckestext" in asked.context["form"].fields["given_on"].widget.attrs["hx-select-oob"]
    part = registrar.post(address, {"given_on": BEFORE, "step": "day"}, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div class="field field--day">')
    assert part.endswith("</section>\n\n")
    assert not Consent.objects.exists()
    registrar.post(address, {"given_on": BEFORE, "given_by": "representative"})
    assert Consent.objects.get().text.version == "2004-1"


@pytest.mark.parametrize("path", ["registrera", "ratta", "avsluta", "samtycke"])
def test_the_day_comes_first_and_all_that_follows_it_is_on_the_page(one, actor, registrar, address, path):
    stay = people.participation(one, actor)
    addresses = {"registrera": address, "samtycke": f"/insatser/{one.pk}/registrera/"}
    answer = registrar.get(addresses.get(path, f"/deltagare/{stay.pk}/{path}/"))
    form, page = answer.context["form"], answer.content.decode()
    day = next(iter(form.fields))
    assert day == form.day_field
    followers = form.fields[day].widget.attrs["hx-select-oob"].split(",")
    assert all(f'id="{one[1:].partition(":")[0]}"' in page for one in followers)
