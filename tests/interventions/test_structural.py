"""Structural interventions hold no persons."""

import importlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from finsam.access import audit
from finsam.access.roles import Role
from finsam.interventions import actions, queries
from finsam.interventions.models import Intervention
from tests import factories
from tests.interventions.test_interventions import facts

pytestmark = pytest.mark.django_db

STRUCTURAL: dict[str, Any] = {"kind": "structural", "direction": "mapping"}
SENTENCE = "En strukturövergripande insats har inga deltagare. Välj att räkna antal."


def old(**wanted: Any) -> Intervention:
    """A structural intervention with persons, from before that was refused."""
    made = factories.intervention(**STRUCTURAL, method="numbers_only", **wanted)
    Intervention.objects.update(method="identified", controller=factories.agency())
    made.refresh_from_db()
    return made


def test_a_structural_intervention_does_not_begin_with_persons() -> None:
    with pytest.raises(ValidationError) as refused:
        factories.intervention(**STRUCTURAL, method="identified")
    assert refused.value.message_dict == {"method": [SENTENCE]}
    assert not Intervention.objects.exists()


def test_the_model_refuses_what_no_action_is_asked_about() -> None:
    made = factories.intervention()
    fields = ("association", "name", "starts_on", "method", "controller")
    row = Intervention(**STRUCTURAL, **{name: getattr(made, name) for name in fields})
    with pytest.raises(ValidationError, match="har inga deltagare"):
        audit.write(factories.operator(), "test.write", row)
    with pytest.raises(ValidationError, match="har inga deltagare"):
        audit.write_many(factories.operator(), "test.write", [row])


def test_an_intervention_with_persons_does_not_become_structural() -> None:
    made = factories.intervention()
    with pytest.raises(ValidationError, match="har inga deltagare"):
        actions.change(actor=factories.operator(), intervention=made, **{**facts(made), **STRUCTURAL})


def test_one_from_before_can_still_be_ended_and_is_found_by_name() -> None:
    made = old()
    actions.lock(actor=factories.operator(), intervention=made)
    changed = {**facts(made), "name": "Påhittad med nytt namn"}
    assert actions.change(actor=factories.operator(), intervention=made, **changed).pk == made.pk
    factories.intervention(made.association)
    assert [one.name for one in queries.misplaced(actor=factories.operator())] == ["Påhittad med nytt namn"]


def test_one_from_before_with_nothing_registered_is_put_right_before_it_is_changed() -> None:
    made = old()
    with pytest.raises(ValidationError, match="har inga deltagare"):
        actions.change(actor=factories.operator(), intervention=made, **{**facts(made), "name": "Nytt"})
    right = {**facts(made), "method": "numbers_only", "controller": None}
    assert actions.change(actor=factories.operator(), intervention=made, **right).method == "numbers_only"


@pytest.mark.participants
def test_nobody_is_enrolled_in_one_from_before() -> None:
    people = importlib.import_module("tests.participants.people")
    made = old()
    registrar = factories.user(None, Role.PARTICIPANT_REGISTRAR)
    actions.assign(actor=factories.operator(), intervention=made, user=registrar, role=Role.PARTICIPANT_REGISTRAR)
    with pytest.raises(ValidationError, match="har inga deltagare"):
        people.consent(factories.actor(registrar), made)
