"""The pages about participants: registering in and out, correcting, searching, and who sees whom."""

import re
from datetime import date

import pytest

from finsam.access.models import ReadRow
from finsam.associations.models import Municipality
from finsam.interventions.models import HeadCount, Intervention
from finsam.participants import actions
from finsam.participants.models import Consent, Participation, Person
from finsam.values.identity import shifted
from tests import factories
from tests.participants import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

NUMBER = "19850101-2382"  # one of Skatteverket's test numbers


@pytest.fixture
def one():
    return factories.intervention(name="Unga in")


@pytest.fixture
def user(one):
    return factories.registrar(one)


@pytest.fixture
def actor(user):
    return factories.actor(user)


@pytest.fixture
def registrar(user, visitor):
    return visitor(user)


@pytest.fixture
def lead(one, visitor):
    return visitor(factories.lead(one))


@pytest.fixture
def stay(one, actor):
    return people.participation(one, actor, who=invented())


@pytest.fixture
def address(one, actor):
    return consented(one, actor)


def invented(birth_date=date(1985, 1, 1), serial=2):
    return people.IdentityNumber(shifted(birth_date, serial))


def typed(**facts):
    """A whole form of step 2."""
    return {
        "number": NUMBER,
        "name": "Låtsas Exempelberg",
        "municipality": Municipality.objects.get(code="0180").pk,
        "starts_on": "2021-03-29",
        "supports": ["activity_compensation", "social_assistance"],
        "months_in_support": "3 år 4 mån",
        "education": "upper_secondary",
        "occupation": "studies",
        "extent": "50",
        "need_groups": ["mental_ill_health"],
        "step": "check",
    } | facts


def consented(one, actor):
    """The address of step 2 after a consent."""
    return f"/insatser/{one.pk}/registrera/{people.consent(actor, one, date(2021, 3, 29)).pk}/"


def test_the_consent_comes_first(one, registrar):
    facts = {"given_by": "participant", "given_on": "2021-03-29"}
    answer = registrar.post(f"/insatser/{one.pk}/registrera/", facts, follow=True)
    consent = Consent.objects.get()
    assert answer.redirect_chain[-1][0] == f"/insatser/{one.pk}/registrera/{consent.pk}/"
    assert "skriftligt samtycke den 29 mars 2021 (text version 2004-1)" in answer.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"given_by": "participant"}, "given_on", "Fyll i ”Datum”."),
        ({"given_by": "participant", "given_on": "2021-04-01"}, "given_on", "Dagen har inte varit än."),
        (
            {"given_by": "participant", "given_on": "2021-03-29", "protected_identity": "on"},
            "protected_identity",
            "Den som har skyddade personuppgifter registreras aldrig med namn.",
        ),
    ],
)
def test_a_consent_that_is_missing_or_wrong_stops_everything(one, registrar, facts, field, sentence):
    answer = registrar.post(f"/insatser/{one.pk}/registrera/", facts)
    assert sentence in answer.context["form"].errors[field][0]
    assert "Räkna in utan namn" in answer.content.decode()
    assert not Consent.objects.exists()


def test_the_day_comes_first_and_the_fields_after_it_stand_in_the_order_of_sus(one, actor, registrar):
    form = registrar.get(consented(one, actor)).context["form"]
    assert [field.name for field in form.visible_fields()] == [
        "starts_on", "number", "name", "municipality", "supports", "months_in_support", "education", "occupation",
        "extent", "need_groups",
    ]  # fmt: skip
    assert all(field.help_text for field in form.fields.values())


def test_a_last_look_shows_everything_and_saves_nothing(one, actor, registrar):
    page = registrar.post(consented(one, actor), typed()).content.decode().replace("\xa0", " ")
    for word in (NUMBER, "kvinna", "1 januari 1985", "Aktivitetsersättning<br>Försörjningsstöd", "3 år 4 mån"):
        assert word in page
    assert "Studier, 50 procent" in page
    assert page.count('type="hidden" name="supports"') == 2
    assert not Person.objects.exists()


def test_saving_registers_and_changing_goes_back_with_all_that_was_typed(one, actor, registrar):
    address = consented(one, actor)
    page = registrar.post(address, typed(step="change")).content.decode()
    assert f'value="{NUMBER}"' in page
    assert 'value="3 år 4 mån"' in page
    assert 'role="alert"' not in page
    answer = registrar.post(address, typed(step="save"), follow=True)
    stay = Participation.objects.get()
    assert answer.redirect_chain[-1][0] == f"/deltagare/{stay.pk}/"
    assert (stay.months_in_support, stay.extent_at_start, stay.person.sex) == (40, 50, "women")
    again = registrar.post(address, typed(step="save"))
    assert again.headers["Location"] == f"/deltagare/{stay.pk}/"
    assert Participation.objects.count() == 1


@pytest.mark.parametrize("step", ["check", "save"])
@pytest.mark.parametrize(
    "wrong",
    [
        ({"number": "19990230-2382"}, "number", "30 februari finns inte. Kontrollera månad och dag i numret."),
        ({"number": "19850101-2383"}, "number", "Kontrollsiffran stämmer inte."),
        ({"number": "19121212-1212"}, "number", "Det här är en demonstration"),
        ({"number": ""}, "number", "Fyll i ”Personnummer eller samordningsnummer”."),
        ({"starts_on": "2021-03-28"}, "starts_on", "Samtycket gavs 2021-03-29."),
        ({"starts_on": "2021-04-01"}, "starts_on", "Dagen har inte varit än."),
        ({"supports": ["none", "social_assistance"]}, "supports", "går inte ihop med en annan"),
        ({"supports": ["invented"]}, "supports", "Valet finns inte i listan."),
        ({"months_in_support": "länge"}, "months_in_support", "Skriv år och månader, till exempel 3 år 4 mån."),
        ({"months_in_support": "51 år"}, "months_in_support", "Tiden kan vara högst 50 år."),
        ({"extent": ""}, "extent", "Skriv omfattningen i procent"),
        ({"occupation": "other"}, "extent", "Omfattning gäller bara arbete och studier."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(address, registrar, step, wrong):
    facts, field, sentence = wrong
    sent = typed(step=step, **facts)
    answer = registrar.post(address, sent)
    page = answer.content.decode()
    assert list(answer.context["form"].errors) == [field]
    assert sentence in answer.context["form"].errors[field][0]
    assert f'id="id_{field}_error"' in page
    for name in ("number", "name", "starts_on", "months_in_support", "extent"):
        assert not sent[name] or f'value="{sent[name]}"' in page
    assert page.count("checked") == len({*sent["supports"]} - {"invented"}) + 3
    assert not Person.objects.exists()


def test_an_overlapping_stay_is_told_before_the_last_look(one, actor, registrar):
    registrar.post(consented(one, actor), typed(step="save"))
    answer = registrar.post(consented(one, actor), typed())
    assert "Personen deltar redan i insatsen sedan 2021-03-29." in answer.context["form"].errors["starts_on"][0]
    assert f'value="{NUMBER}"' in answer.content.decode()
    assert Participation.objects.count() == 1


def test_someone_elses_consent_and_intervention_are_not_there(one, actor, registrar):
    foreign = factories.intervention(factories.association(codes=("0114",)))
    consent = people.consent(factories.actor(factories.registrar(foreign)), foreign)
    for address in (f"{foreign.pk}/registrera/", f"{foreign.pk}/registrera/{consent.pk}/"):
        assert registrar.get(f"/insatser/{address}").status_code == 404
        assert registrar.post(f"/insatser/{address}", typed(step="save")).status_code == 404
    assert registrar.post(f"/insatser/{one.pk}/registrera/{consent.pk}/", typed(step="save")).status_code == 404
    assert registrar.post(f"/insatser/{one.pk}/registrera/{consent.pk}/ta-bort/").status_code == 404
    assert not Participation.objects.exists()
    assert Consent.objects.get() == consent


def test_a_consent_that_led_to_nothing_waits_and_can_be_taken_away(one, actor, registrar):
    address = consented(one, actor)
    assert address in registrar.get("/deltagare/att-gora/").content.decode()
    assert address in registrar.get(f"/insatser/{one.pk}/deltagare/att-gora/").content.decode()
    registrar.post(f"{address}ta-bort/")
    assert "Inga deltagare väntar." in registrar.get("/deltagare/att-gora/").content.decode()


def out(**facts):
    """A whole form of registration out."""
    return {
        "last_day": "2021-03-30",
        "supports": ["none"],
        "occupation": "work",
        "extent": "75",
        "end_reason": "completed",
    } | facts


def test_registering_out_says_what_came_after(stay, registrar):
    answer = registrar.post(f"/deltagare/{stay.pk}/avsluta/", out(), follow=True)
    page = answer.content.decode().replace("\xa0", " ")
    assert "30 mars 2021" in page
    assert "Förvärvsarbete, 75 procent" in page
    stay.refresh_from_db()
    assert stay.ends_before == date(2021, 3, 31)
    again = registrar.get(f"/deltagare/{stay.pk}/avsluta/").content.decode()
    assert 'value="2021-03-30"' in again


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"last_day": "2020-03-01"}, "last_day", "Första dagen var 2020-03-02. Välj den dagen eller en senare."),
        ({"last_day": "2021-04-01"}, "last_day", "Dagen har inte varit än."),
        ({"occupation": ""}, "occupation", "Välj ”Sysselsättning efter”."),
        ({"end_reason": "misregistration"}, "end_reason", "Valet finns inte i listan."),
    ],
)
def test_an_end_that_is_wrong_is_told_at_its_field(stay, registrar, facts, field, sentence):
    answer = registrar.post(f"/deltagare/{stay.pk}/avsluta/", out(**facts))
    assert sentence in answer.context["form"].errors[field][0]
    assert f'value="{out(**facts)["last_day"]}"' in answer.content.decode()
    stay.refresh_from_db()
    assert stay.ends_before is None


def test_the_start_is_corrected(stay, registrar):
    page = registrar.get(f"/deltagare/{stay.pk}/ratta/").content.decode()
    assert 'value="2020-03-02"' in page
    assert 'value="3 år 4 mån"' in page
    sent = {name: value for name, value in typed(starts_on="2020-03-09").items() if name not in ("number", "name")}
    registrar.post(f"/deltagare/{stay.pk}/ratta/", sent)
    stay.refresh_from_db()
    assert stay.starts_on == date(2020, 3, 9)
    assert list(stay.supports.order_by("support").values_list("support", flat=True)) == [
        "activity_compensation",
        "social_assistance",
    ]


def test_a_wrong_registration_is_kept_and_marked(stay, registrar):
    assert "räknas inte någonstans" in registrar.get(f"/deltagare/{stay.pk}/felregistrering/").content.decode()
    registrar.post(f"/deltagare/{stay.pk}/felregistrering/", {"sure": "yes"})
    stay.refresh_from_db()
    assert stay.end_reason == "misregistration"
    page = registrar.get(f"/deltagare/{stay.pk}/").content.decode()
    assert "felregistrering, räknas inte" in page


def test_opening_a_person_is_logged_before_it_is_shown(stay, registrar, user):
    page = registrar.get(f"/deltagare/{stay.pk}/").content.decode()
    assert "<h1>Låtsas Exempelberg</h1>" in page
    assert "Låtsas" not in page.partition("<title>")[2].partition("</title>")[0]
    assert list(ReadRow.objects.values_list("what", "user_id", "record_id")) == [("opened", user.pk, stay.person_id)]


@pytest.mark.parametrize("path", ["ratta", "avsluta"])
def test_a_form_that_shows_what_is_registered_is_logged_as_opening(stay, registrar, user, path):
    assert registrar.get(f"/deltagare/{stay.pk}/{path}/").status_code == 200
    assert list(ReadRow.objects.values_list("what", "user_id", "record_id")) == [("opened", user.pk, stay.person_id)]


def test_a_lead_sees_running_numbers_only(one, stay, lead):
    page = lead.get(f"/insatser/{one.pk}/deltagare/").content.decode()
    assert f"Deltagare {stay.number}" in page
    assert "Låtsas" not in page
    assert "1985" not in page
    answer = lead.get(f"/deltagare/{stay.pk}/")
    assert answer.status_code == 403
    assert "kan ge dig uppdraget" in answer.content.decode()
    assert not ReadRow.objects.exists()


def test_a_registrar_of_another_intervention_sees_nothing(one, stay, visitor):
    other = visitor(factories.registrar(factories.intervention(one.association)))
    for path in ("", "avsluta/", "ratta/", "felregistrering/", "nummer/", "ta-bort/"):
        assert other.get(f"/deltagare/{stay.pk}/{path}").status_code == 404
        assert other.post(f"/deltagare/{stay.pk}/{path}", out(reason="withdrawn")).status_code in {404, 405}
    assert other.get(f"/insatser/{one.pk}/deltagare/").status_code == 404
    stay.refresh_from_db()
    assert stay.ends_before is None


def test_searching_is_a_post_that_is_logged_and_leads_to_the_person(stay, registrar):
    number = invented().number
    answer = registrar.post("/deltagare/", {"number": number})
    assert answer.headers["Location"] == f"/deltagare/{stay.pk}/"
    assert ReadRow.objects.get().what == "searched"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_search_that_finds_nobody_is_logged_too_and_says_so(registrar):
    page = registrar.post("/deltagare/", {"number": NUMBER}).content.decode()
    assert "Ingen deltagare med det numret i dina insatser." in page
    assert ReadRow.objects.get().record_id is None


def test_a_number_in_an_address_is_never_read(stay, registrar):
    page = registrar.get("/deltagare/", {"number": invented().number}).content.decode()
    assert "Låtsas" not in page
    assert not ReadRow.objects.exists()


def test_a_wrong_number_is_not_searched_for(registrar):
    answer = registrar.post("/deltagare/", {"number": "1985"})
    assert "Skriv numret med tolv siffror" in answer.context["form"].errors["number"][0]
    assert not ReadRow.objects.exists()


def test_the_refusal_of_a_number_is_said_in_english_too(registrar):
    registrar.post("/sprak/", {"language": "en"})
    answer = registrar.post("/deltagare/", {"number": "1985"})
    assert answer.context["form"].errors["number"]


def test_a_person_is_taken_away_and_counted_without_name(one, stay, registrar):
    answer = registrar.post(f"/deltagare/{stay.pk}/ta-bort/", {"reason": "withdrawn"}, follow=True)
    assert "Personen är borttagen" in answer.content.decode()
    assert not Person.objects.exists()
    assert list(HeadCount.objects.order_by("year").values_list("year", "women")) == [(2020, 1), (2021, 1)]


def test_a_person_is_not_taken_away_without_a_reason(stay, registrar):
    answer = registrar.post(f"/deltagare/{stay.pk}/ta-bort/", {"reason": "invented"})
    assert answer.context["form"].errors
    assert Person.objects.exists()


def test_the_part_is_the_same_part_of_the_whole_page(one, stay, actor, registrar):
    consented(one, actor)
    addresses = [f"/insatser/{one.pk}/deltagare/", "/deltagare/att-gora/", f"/insatser/{one.pk}/deltagare/att-gora/"]
    for address in addresses:
        part = registrar.get(address, headers={"HX-Request": "true"}).content.decode()
        assert part.startswith("<section")
        assert part.strip() in registrar.get(address).content.decode()


def test_the_interventions_page_gets_its_participants_by_address(one, stay, registrar):
    page = registrar.get(f"/insatser/{one.pk}/").content.decode()
    assert f'hx-get="/insatser/{one.pk}/deltagare/"' in page
    assert f'<a href="/insatser/{one.pk}/deltagare/">' in page
    assert "Låtsas" not in page


def test_long_lists_go_on_from_the_last_number(one, actor, registrar):
    for serial in range(27):
        people.participation(one, actor, who=invented(serial=serial * 2 + 2))
    first = registrar.get(f"/insatser/{one.pk}/deltagare/").content.decode()
    assert "?fore=3" in first
    rest = registrar.get(f"/insatser/{one.pk}/deltagare/?fore=3")
    assert [line.number for line in rest.context["page"].lines] == [2, 1]
    assert registrar.get(f"/insatser/{one.pk}/deltagare/?fore=abc").status_code == 200


def test_open_stays_in_an_ended_intervention_wait(one, stay, actor, registrar):
    Intervention.objects.update(ends_before=date(2021, 3, 1))  # the day was to come when it was chosen
    page = registrar.get("/deltagare/att-gora/").content.decode()
    assert f"Registrera ut deltagare {stay.number}" in page
    assert "31 dagar" in page
    assert "Ska registreras ut" in registrar.get(f"/insatser/{one.pk}/deltagare/").content.decode()


def test_ended_stays_show_their_reason(one, stay, actor, registrar):
    actions.end(
        actor=actor,
        participation=stay,
        last_day=date(2021, 3, 1),
        supports=["none"],
        occupation="other",
        end_reason="moved",
    )
    page = registrar.get(f"/insatser/{one.pk}/deltagare/?visa=alla").content.decode()
    assert "Flytt" in page
    assert "2021-03-01" in page


def test_a_correction_that_comes_second_is_shown_beside_the_first(registrar, stay):
    address = f"/deltagare/{stay.pk}/ratta/"
    form = registrar.get(address).context["form"]
    mine = {"seen": form.seen, "opened": form.opening()}
    facts = {"starts_on": "2020-03-02", "municipality": stay.municipality_id, "months_in_support": "1 år"}
    facts |= {"education": stay.education, "occupation": "other", "need_groups": ["long_term_sick"]}
    assert registrar.post(address, facts | mine | {"supports": ["student_aid"]}).status_code == 302
    answer = registrar.post(address, facts | mine | {"supports": ["activity_grant"], "months_in_support": "12 mån"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Du skrev: <strong>Aktivitetsstöd" in page
    assert "Står nu: <strong>Studiestöd" in page
    assert "12 mån" not in re.sub(r'value="[^"]*"', "", page), "a year is twelve months: no difference"
