"""Ids of another association's records in what is sent: each refused with a sentence, and nothing changed."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from finsam.access.models import AuditRow, User
from finsam.access.roles import Role
from finsam.associations.models import Association
from finsam.interventions.models import Intervention
from tests import factories
from tests.web.conftest import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

NOT_LISTED = "Valet finns inte i listan. Välj ett av alternativen."


@pytest.fixture
def own() -> Association:
    return factories.association(codes=("0180", "0182"))


@pytest.fixture
def foreign() -> Association:
    return factories.association(codes=("0114",))


@pytest.fixture
def admin(own: Association, visitor: Visitor) -> Client:
    return visitor(factories.user(own.organisation, Role.ASSOCIATION_ADMIN, where=own))


def rows() -> dict[str, list[Any]]:
    """Everything the rooms hold, to be compared."""
    kept = [
        model
        for label in ("access", "associations", "interventions")
        for model in apps.get_app_config(label).get_models()
    ]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in kept if model is not User}


def errors(client: Client, address: str, sent: dict[str, Any]) -> dict[str, list[str]]:
    """What a form says when it is sent; nothing may be left of it."""
    before = rows()
    answer = client.post(address, sent)
    assert answer.status_code == 200
    assert rows() == before
    found: dict[str, list[str]] = answer.context["form"].errors
    for sentences in found.values():
        assert all(sentence in answer.content.decode() for sentence in sentences)
    return found


def intervention(own: Association, **facts: Any) -> dict[str, Any]:
    """A whole form of an intervention."""
    return {
        "name": "Påhittad insats",
        "starts_on": "2021-01-01",
        "direction": "preparatory",
        "need_groups": ["long_term_sick"],
        "performers": [factories.agency().pk, factories.party("municipality", "0180").pk],
        "method": "numbers_only",
    } | facts


def test_another_association_is_no_member(own: Association, foreign: Association, admin: Client) -> None:
    sent = {"party": foreign.organisation_id, "first_day": "2021-01-01"}
    assert errors(admin, f"/forbund/{own.pk}/medlemmar/ny/", sent) == {"party": [NOT_LISTED]}


def test_a_municipality_of_another_association_is_not_covered(
    own: Association, foreign: Association, admin: Client
) -> None:
    sent = {"municipality": foreign.coverages.get().municipality_id, "first_day": "2021-01-01"}
    sentence = "Kommunen ingår redan i ett förbund de dagarna. Avsluta det först."
    assert errors(admin, f"/forbund/{own.pk}/kommuner/ny/", sent) == {"first_day": [sentence]}


def test_an_association_does_not_merge_into_one_its_administrator_may_not_see(
    own: Association, foreign: Association, admin: Client
) -> None:
    sent = {"ends_before": "2021-06-30", "merged_into": foreign.pk}
    assert errors(admin, f"/forbund/{own.pk}/avsluta/", sent) == {"merged_into": [NOT_LISTED]}


def test_a_membership_and_a_coverage_of_another_association_are_not_ended(
    own: Association, foreign: Association, admin: Client
) -> None:
    before = rows()
    for kind, row in (("medlemmar", foreign.memberships.order_by("pk")[0]), ("kommuner", foreign.coverages.get())):
        for place in (own, foreign):
            address = f"/forbund/{place.pk}/{kind}/{row.pk}/avsluta/"
            assert admin.post(address, {"ends_before": "2020-12-31"}).status_code == 404
    assert rows() == before


@pytest.mark.parametrize("kind", ["municipality", "association"])
def test_a_party_of_another_association_does_not_perform(
    own: Association, foreign: Association, admin: Client, kind: str
) -> None:
    stranger = factories.party("municipality", "0114") if kind == "municipality" else foreign.organisation
    made = factories.intervention(own, method="numbers_only")
    sent = intervention(own, performers=[factories.agency().pk, stranger.pk])
    for address in (f"/insatser/ny/{own.pk}/", f"/insatser/{made.pk}/andra/"):
        assert errors(admin, address, sent) == {"performers": [NOT_LISTED]}


@pytest.mark.participants
def test_a_party_of_another_association_does_not_answer_for_personal_data(
    own: Association, foreign: Association, admin: Client
) -> None:
    stranger = factories.party("municipality", "0114")
    sent = intervention(own, method="identified", controller=stranger.pk)
    assert errors(admin, f"/insatser/ny/{own.pk}/", sent)["controller"] == [NOT_LISTED]


@pytest.mark.parametrize("employer", ["association", "municipality"])
def test_staff_of_another_association_are_given_no_work(
    own: Association, foreign: Association, admin: Client, employer: str
) -> None:
    works_for = foreign.organisation if employer == "association" else factories.party("municipality", "0114")
    stranger = factories.user(works_for, Role.INTERVENTION_LEAD)
    made = factories.intervention(own)
    address = f"/insatser/{made.pk}/uppdrag/intervention_lead/"
    assert stranger.name not in admin.get(address).content.decode()
    assert errors(admin, address, {"user": stranger.pk}) == {"user": [NOT_LISTED]}


def test_the_assignment_of_another_intervention_is_not_ended(
    own: Association, foreign: Association, admin: Client
) -> None:
    factories.lead(factories.intervention(foreign))
    row = Intervention.objects.get().assignments.get()
    made = factories.intervention(own)
    before = rows()
    for place in (made.pk, row.intervention_id):
        assert admin.post(f"/insatser/{place}/uppdrag/{row.pk}/avsluta/").status_code == 404
    assert rows() == before


@pytest.mark.participants
def test_the_consent_of_another_intervention_enrols_nobody(
    own: Association, foreign: Association, visitor: Visitor
) -> None:
    from tests.participants import people

    here, there = factories.intervention(own), factories.intervention(foreign)
    who = factories.registrar(here)
    given = people.consent(factories.actor(factories.registrar(there)), there)
    client, before = visitor(who), AuditRow.objects.count()
    for place in (here, there):
        for address in ("", "ta-bort/"):
            sent = {"step": "save", "consent": given.pk, "intervention": there.pk}
            assert client.post(f"/insatser/{place.pk}/registrera/{given.pk}/{address}", sent).status_code == 404
    given.refresh_from_db()
    assert not hasattr(given, "participation")
    assert AuditRow.objects.count() == before


@pytest.mark.participants
def test_what_is_sent_beside_the_form_chooses_no_other_consent(own: Association, visitor: Visitor) -> None:
    """The consent stands in the address; another in what is sent is not asked for."""
    from tests.participants import people
    from tests.web.test_participants import typed

    here, there = factories.intervention(own), factories.intervention(own)
    who = factories.registrar(here)
    mine = people.consent(factories.actor(who), here)
    other = people.consent(factories.actor(factories.registrar(there)), there)
    sent = typed(step="save", consent=other.pk, intervention=there.pk)
    visitor(who).post(f"/insatser/{here.pk}/registrera/{mine.pk}/", sent)
    assert [stay.consent for stay in here.participations.all()] == [mine]
    assert not there.participations.exists()
