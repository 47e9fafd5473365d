"""What the law asks of members, and what time does to associations."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.roles import Role
from finsam.associations import actions, queries
from finsam.associations.models import Association, County, Coverage, Municipality
from tests import factories

pytestmark = pytest.mark.django_db


def sentences(association: Association) -> list[str]:
    found = queries.findings(actor=factories.operator(), association=association, day=association.first_day)
    return [one.sentence for one in found]


def test_sweden_is_there_from_the_start() -> None:
    assert Municipality.objects.count() == 290
    assert County.objects.count() == 21
    assert Municipality.objects.get(code="0980").region is None


def test_an_association_with_every_member_is_put_to_work() -> None:
    assert factories.association(codes=("0180",)).state == "active"


def test_gotland_needs_no_region() -> None:
    assert factories.association(codes=("0980",)).state == "active"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("social_insurance_agency", "Försäkringskassan är inte medlem"),
        ("employment_service", "Arbetsförmedlingen är inte medlem"),
        ("region", "Ingen region är medlem"),
        ("municipality", "Ingen kommun är medlem"),
    ],
)
def test_each_missing_party_is_a_finding_and_stops_activation(kind: str, sentence: str) -> None:
    made = factories.association(active=False)
    for row in made.memberships.filter(party__kind=kind).order_by("pk"):
        row.delete()
    assert any(one.startswith(sentence) for one in sentences(made))
    with pytest.raises(ValidationError, match=r"3 § lag \(2003:1210\)"):
        actions.activate(actor=factories.operator(), association=made)
    made.refresh_from_db()
    assert made.state == "draft"


def test_every_municipality_needs_its_region() -> None:
    made = factories.association(codes=("0180", "0380"), active=False)
    made.memberships.get(party__kind="region", party__code="03").delete()
    assert "Uppsala ingår men Region Uppsala är inte medlem. Lägg till regionen." in sentences(made)


@pytest.mark.parametrize(("first_day", "allowed"), [(date(2010, 6, 30), False), (date(2010, 7, 1), True)])
def test_county_borders_may_be_crossed_from_july_2010(first_day: date, allowed: bool) -> None:
    made = factories.association(codes=("0180", "0380"), active=False, first_day=first_day)
    assert (sentences(made) == []) is allowed


def test_a_municipality_is_in_one_association_at_a_time() -> None:
    old = factories.association(codes=("0180",))
    new = factories.association(codes=("0184",))
    stockholm = Municipality.objects.get(code="0180")
    day = date(2019, 1, 1)
    with pytest.raises(ValidationError, match="ingår redan i ett förbund"):
        actions.cover(actor=factories.operator(), association=new, municipality=stockholm, first_day=day)
    coverage = Coverage.objects.get(association=old)
    actions.end_coverage(actor=factories.operator(), coverage=coverage, ends_before=day)
    actions.cover(actor=factories.operator(), association=new, municipality=stockholm, first_day=day)
    assert queries.municipality_codes(actor=factories.operator(), association=old, day=date(2018, 12, 31)) == ["0180"]
    assert queries.municipality_codes(actor=factories.operator(), association=old, day=day) == []


def test_an_association_merges_into_another_on_a_day() -> None:
    old, new = factories.association(codes=("0180",)), factories.association(codes=("0184",))
    coverage = Coverage.objects.get(association=old)
    actions.end_coverage(actor=factories.operator(), coverage=coverage, ends_before=date(2020, 1, 1))
    actions.close(actor=factories.operator(), association=old, ends_before=date(2020, 1, 1), merged_into=new)
    old.refresh_from_db()
    assert (old.state, old.merged_into) == ("closed", new)
    assert not old.memberships.filter(ends_before=None).exists()
    with pytest.raises(ValidationError, match="kan inte gå till det läget"):
        actions.activate(actor=factories.operator(), association=old)


def test_an_association_does_not_merge_into_itself() -> None:
    made = factories.association()
    with pytest.raises(ValidationError, match="sig självt"):
        actions.close(actor=factories.operator(), association=made, ends_before=date(2020, 1, 1), merged_into=made)


@pytest.mark.parametrize("number", ["222000-0001", "12345", "112233-4455"])
def test_a_wrong_organisation_number_is_refused_at_its_field(number: str) -> None:
    with pytest.raises(ValidationError) as refused:
        factories.association(number=number)
    assert "number" in refused.value.message_dict
    assert not Association.objects.exists()


def test_an_administrator_changes_only_the_own_association() -> None:
    own, other = factories.association(codes=("0180",)), factories.association(codes=("0184",))
    admin = factories.actor(factories.user(own.organisation, Role.ASSOCIATION_ADMIN, where=own))
    facts = {"number": other.number, "first_day": other.first_day, "name": "Annat"}
    with pytest.raises(PermissionDenied):
        actions.change(actor=admin, association=other, **facts)  # type: ignore[arg-type]
    with pytest.raises(Association.DoesNotExist):
        queries.get(actor=admin, pk=other.pk)
    assert queries.get(actor=admin, pk=own.pk) == own


def test_a_membership_does_not_begin_before_the_association() -> None:
    made = factories.association()
    with pytest.raises(ValidationError, match="Förbundet finns från och med"):
        actions.add_member(
            actor=factories.operator(),
            association=made,
            party=factories.party("region", "03"),
            first_day=date(2014, 12, 31),
        )


def test_municipalities_stand_in_swedish_order() -> None:
    names = list(queries.municipalities(day=date(2021, 1, 1)).values_list("name", flat=True))
    assert names[-2:] == ["Överkalix", "Övertorneå"]
    assert names.index("Åmål") < names.index("Älmhult") < names.index("Örebro")
    assert names.index("Ystad") < names.index("Åmål")


def test_the_first_day_of_an_association_at_work_moves_only_backwards() -> None:
    made = factories.association()
    facts = {"number": made.number, "name": made.name}
    with pytest.raises(ValidationError, match="kan inte flyttas framåt"):
        actions.change(actor=factories.operator(), association=made, first_day=date(2015, 1, 2), **facts)
    actions.change(actor=factories.operator(), association=made, first_day=date(2014, 12, 31), **facts)
    made.refresh_from_db()
    assert made.first_day == date(2014, 12, 31)


def test_an_association_merges_only_into_one_at_work_that_whoever_closes_may_see() -> None:
    one, other = factories.association(), factories.association()
    admin = factories.actor(factories.user(None, Role.ASSOCIATION_ADMIN, where=one))
    preparing = factories.association(active=False)
    for actor, into in ((admin, other), (factories.operator(), preparing)):
        with pytest.raises(ValidationError) as refused:
            actions.close(actor=actor, association=one, ends_before=date(2021, 1, 1), merged_into=into)
        assert refused.value.message_dict == {
            "merged_into": ["Det förbundet kan inte ta över. Välj ett som är i drift."]
        }
    one.refresh_from_db()
    assert one.state == "active"
