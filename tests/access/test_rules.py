"""Which roles go together, and what takes two, on plain values."""

import pytest
from django.core.exceptions import ValidationError

from finsam.access import rules
from finsam.access.roles import FORBIDDEN_PAIRS, Role


@pytest.mark.parametrize("pair", sorted(map(sorted, FORBIDDEN_PAIRS)), ids="+".join)
def test_a_forbidden_pair_is_refused_with_both_names_and_each_alone_is_not(pair: list[Role]) -> None:
    with pytest.raises(ValidationError, match="Samma person kan inte vara") as refused:
        rules.refuse_together(pair, field="role")
    assert list(refused.value.message_dict) == ["role"]
    for role in pair:
        rules.refuse_together([role], field="role")


def test_what_takes_two_is_refused_to_one() -> None:
    rules.refuse_oneself(1, 2, "Fråga någon annan.")
    rules.refuse_oneself(None, 2, "Fråga någon annan.")
    rules.refuse_confirming(1, {2, 3})
    rules.refuse_alone(1)
    with pytest.raises(ValidationError, match="Fråga någon annan"):
        rules.refuse_oneself(2, 2, "Fråga någon annan.")
    with pytest.raises(ValidationError, match="En annan systemadministratör"):
        rules.refuse_confirming(2, {2, 3})
    with pytest.raises(ValidationError, match="finsam user confirm"):
        rules.refuse_alone(0)
