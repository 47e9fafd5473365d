"""One human under two numbers: whoever changes a number is asked the same, and is one human in statistics after it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from finsam.access import versions
from finsam.access.actors import Actor
from finsam.access.models import AuditRow, ReadRow
from finsam.interventions.models import Intervention
from finsam.participants import actions, erasure, linkage, queries
from finsam.participants.models import Participation, Person, Pseudonym
from finsam.values.identity import IdentityNumber, shifted
from tests import factories
from tests.participants import people
from tests.participants.test_linkage import coded, handed_over, substitute

pytestmark = pytest.mark.django_db

LATER = factories.NOW + timedelta(days=1)
COORDINATION = IdentityNumber(shifted(date(1970, 2, 3), 2, coordination=True))
PERSONAL = IdentityNumber(shifted(date(1970, 2, 3), 4))
OTHER = IdentityNumber(shifted(date(1970, 2, 3), 6))


class Controller:
    """A party with an intervention of its own, and its registrar at a later moment."""

    def __init__(self, intervention: Intervention) -> None:
        self.intervention = intervention
        self._user = factories.registrar(intervention)

    @property
    def actor(self) -> Actor:
        return factories.actor(self._user, LATER)

    def enrol(self, who: IdentityNumber) -> Participation:
        return people.participation(self.intervention, factories.actor(self._user), who=who)

    def change(self, stay: Participation, who: IdentityNumber, same: str = "new") -> Person:
        return people.change_number(self.actor, stay, who, same=same)


@pytest.fixture
def controllers() -> list[Controller]:
    """Three controllers: Försäkringskassan, Arbetsförmedlingen and a municipality."""
    where = factories.association(codes=("0180",))
    parties = [factories.agency(), factories.service(), factories.party("municipality", "0180")]
    return [Controller(factories.intervention(where, controller=party)) for party in parties]


def name(stay: Participation) -> str:
    """The pseudonym of a stay's person as it is now."""
    return Person.objects.select_related("pseudonym").get(pk=stay.person_id).pseudonym.value


def test_one_human_under_two_numbers_is_one_human_once_somebody_has_said_so(controllers: list[Controller]) -> None:
    ours, theirs, _ = controllers
    stay, other = ours.enrol(COORDINATION), theirs.enrol(PERSONAL)
    assert name(stay) != name(other)
    person = ours.change(stay, PERSONAL)
    assert name(stay) == name(other)
    assert person.open_number() == PERSONAL.number
    assert actions.search(actor=ours.actor, identity=PERSONAL) == stay


def test_a_join_has_an_action_of_its_own_in_the_trail_and_names_nobody(controllers: list[Controller]) -> None:
    ours, theirs, _ = controllers
    stay, other = ours.enrol(COORDINATION), theirs.enrol(PERSONAL)
    AuditRow.objects.all().delete()
    ours.change(stay, PERSONAL)
    rows = AuditRow.objects.order_by("pk").values_list("action", "model", "record_id")
    old = Pseudonym.objects.exclude(same_as=None).get()
    assert list(rows) == [
        ("participants.try_number", "participants.person", stay.person_id),
        ("participants.join_pseudonyms", "participants.pseudonym", old.pk),
        ("participants.join_pseudonyms", "participants.person", other.person_id),
        ("participants.change_identity", "participants.person", stay.person_id),
    ]


def test_a_number_nobody_knows_keeps_the_pseudonym_and_is_no_join(controllers: list[Controller]) -> None:
    stay = controllers[0].enrol(COORDINATION)
    before = name(stay)
    person = controllers[0].change(stay, IdentityNumber(shifted(date(1990, 5, 5), 5)))
    assert name(stay) == before
    assert (person.sex, person.birth_year) == ("men", 1990)
    assert not AuditRow.objects.filter(action="participants.join_pseudonyms").exists()


@pytest.mark.parametrize("first", [COORDINATION, PERSONAL], ids=["the old number", "the new number"])
def test_whoever_is_registered_later_with_either_number_is_the_same_human(
    controllers: list[Controller], first: IdentityNumber
) -> None:
    ours, theirs, third = controllers
    stay = ours.enrol(COORDINATION)
    ours.change(stay, PERSONAL)
    assert name(theirs.enrol(first)) == name(stay)
    assert name(third.enrol(COORDINATION)) == name(stay)


def test_all_who_have_the_old_number_are_joined_and_keep_the_number_they_wrote(controllers: list[Controller]) -> None:
    ours, theirs, third = controllers
    stay, same, other = ours.enrol(COORDINATION), theirs.enrol(COORDINATION), third.enrol(PERSONAL)
    ours.change(stay, PERSONAL)
    assert name(stay) == name(same) == name(other)
    assert Person.objects.get(pk=same.person_id).open_number() == COORDINATION.number


def test_an_identity_number_that_becomes_another_joins_too(controllers: list[Controller]) -> None:
    ours, theirs, third = controllers
    stay, same, other = ours.enrol(OTHER), theirs.enrol(OTHER), third.enrol(PERSONAL)
    ours.change(stay, PERSONAL)
    assert name(stay) == name(same) == name(other)


def test_a_number_that_was_wrong_is_put_right_without_touching_whoever_has_it(controllers: list[Controller]) -> None:
    ours, theirs, third = controllers
    stay, rightly, right = ours.enrol(OTHER), theirs.enrol(OTHER), third.enrol(PERSONAL)
    before = name(rightly)
    ours.change(stay, PERSONAL, "wrong")
    assert name(stay) == name(right)
    assert name(rightly) == before != name(stay)


def test_a_number_that_was_wrong_and_nobodys_leaves_nothing_behind(controllers: list[Controller]) -> None:
    ours, theirs, third = controllers
    stay, right = ours.enrol(OTHER), third.enrol(PERSONAL)
    ours.change(stay, PERSONAL, "wrong")
    assert name(stay) == name(right)
    assert name(theirs.enrol(OTHER)) != name(stay)  # it is somebody else's
    alone = theirs.enrol(people.identity())
    before = name(alone)
    theirs.change(alone, people.identity(), "wrong")
    assert name(alone) == before


@pytest.mark.parametrize("known", [True, False], ids=["a number others know", "a number nobody knows"])
def test_a_join_that_was_wrong_is_undone_by_giving_the_number_back(controllers: list[Controller], known: bool) -> None:
    ours, theirs, third = controllers
    stay, same = ours.enrol(COORDINATION), third.enrol(COORDINATION)
    other = theirs.enrol(PERSONAL) if known else None
    before = [name(one) for one in (stay, same, other) if one]
    ours.change(stay, PERSONAL)
    ours.change(stay, COORDINATION, "wrong")
    assert [name(one) for one in (stay, same, other) if one] == before
    assert name(theirs.enrol(COORDINATION)) == name(stay)


def test_an_older_human_given_back_its_number_has_its_pseudonym_again(controllers: list[Controller]) -> None:
    ours, theirs, third = controllers
    other, same = theirs.enrol(PERSONAL), third.enrol(PERSONAL)  # the older pseudonym, which counts for both
    stay = ours.enrol(COORDINATION)
    before = [name(one) for one in (stay, same, other)]
    ours.change(stay, PERSONAL)
    ours.change(stay, COORDINATION, "wrong")
    assert [name(one) for one in (stay, same, other)] == before


@pytest.mark.parametrize("answer", ["", "other", "invented"])
def test_a_number_is_not_changed_until_it_is_said_to_be_the_same_humans(
    controllers: list[Controller], answer: str
) -> None:
    ours, theirs, _ = controllers
    stay = ours.enrol(COORDINATION)
    theirs.enrol(PERSONAL)
    with pytest.raises(ValidationError) as refused:
        ours.change(stay, PERSONAL, answer)
    assert list(refused.value.message_dict) == ["same"]
    assert Person.objects.get(pk=stay.person_id).open_number() == COORDINATION.number


def test_a_name_alone_asks_nothing(controllers: list[Controller]) -> None:
    stay = controllers[0].enrol(COORDINATION)
    person = people.change_number(controllers[0].actor, stay, COORDINATION, same="", name="Låtsas Nyberg")
    assert person.open_name() == "Låtsas Nyberg"


def test_a_number_known_at_the_own_controller_is_refused_with_what_to_do(controllers: list[Controller]) -> None:
    ours = controllers[0]
    stay = ours.enrol(COORDINATION)
    known = ours.enrol(PERSONAL)
    with pytest.raises(ValidationError, match="avsluta deltagandet som felregistrering"):
        ours.change(stay, PERSONAL, "")
    assert list(ReadRow.objects.values_list("what", "record_id")) == [("searched", known.person_id)]


def test_looking_for_a_number_leaves_the_same_row_whoever_else_knows_it(controllers: list[Controller]) -> None:
    ours, theirs, _ = controllers
    stay = ours.enrol(COORDINATION)
    theirs.enrol(PERSONAL)
    for number in (PERSONAL, OTHER):
        with pytest.raises(ValidationError):
            ours.change(stay, number, "")
    people.change_number(ours.actor, stay, COORDINATION)  # its own: nothing is looked for
    rows = ReadRow.objects.order_by("pk").values_list("what", "user_id", "record_id")
    assert list(rows) == [("searched", ours.actor.user_id, None)] * 2


def test_erasure_after_a_join_leaves_no_pseudonym_that_only_the_erased_had(controllers: list[Controller]) -> None:
    ours, theirs, third = controllers
    stay, other = ours.enrol(COORDINATION), theirs.enrol(PERSONAL)
    gone = name(other)
    ours.change(stay, PERSONAL)
    kept = name(stay)
    erasure.erase(actor=theirs.actor, participation=other)
    assert gone not in Pseudonym.objects.values_list("value", flat=True)
    assert name(stay) == kept == name(third.enrol(PERSONAL))
    assert not Person.history.filter(id=other.person_id).exists()
    for one in (ours, third):
        erasure.erase(actor=one.actor, participation=one.intervention.participations.get())
    assert not Pseudonym.objects.exists()


def test_erasure_after_a_join_leaves_no_number_that_only_the_erased_had(controllers: list[Controller]) -> None:
    ours, theirs, third = controllers
    stay, same = ours.enrol(COORDINATION), theirs.enrol(PERSONAL)
    ours.change(stay, PERSONAL)
    erasure.erase(actor=ours.actor, participation=stay)
    assert name(third.enrol(COORDINATION)) != name(same)
    assert name(third.enrol(PERSONAL)) == name(same)


def test_linkage_finds_one_human_by_either_number_and_once(controllers: list[Controller]) -> None:
    ours, theirs, third = controllers
    stay, same, other = ours.enrol(COORDINATION), third.enrol(COORDINATION), theirs.enrol(PERSONAL)
    before = {name(stay), name(other)}
    ours.change(stay, PERSONAL)
    _made, key = handed_over()
    found = substitute(f"{coded(key, PERSONAL.number)},25,10,", f"{coded(key, COORDINATION.number)},25,40,")
    (row,) = found.rows
    assert (row.pseudonym, row.days_in_benefit, found.unknown) == (name(same), 40, 0)
    assert {row.pseudonym, *row.earlier} == before
    assert isinstance(row, linkage.Row)


def test_a_join_makes_no_newer_version_and_no_history_of_the_persons_at_other_controllers(
    controllers: list[Controller],
) -> None:
    """Else their registrars would be told that somebody elsewhere has given the human another number."""
    ours, theirs, _ = controllers
    stay, other = ours.enrol(COORDINATION), theirs.enrol(PERSONAL)
    seen, told = versions.version(other.person), queries.history(actor=theirs.actor, participation=other)
    ours.change(stay, PERSONAL)
    assert name(stay) == name(other)
    person = Person.objects.get(pk=other.person_id)
    assert person.history.count() == 2
    assert versions.version(person) == seen
    assert queries.history(actor=theirs.actor, participation=other) == told
