"""What a count of persons on a working page lets be seen."""

import pytest

from finsam.values.working_counts import working_count


@pytest.mark.parametrize(("persons", "shown"), [(0, None), (1, None), (4, None), (5, 5), (7919, 7919)])
def test_others_see_a_count_from_the_threshold(persons: int, shown: int | None) -> None:
    assert working_count(persons, least=5).persons == shown


@pytest.mark.parametrize("persons", [0, 1, 4, 5])
def test_who_answers_for_it_sees_every_count(persons: int) -> None:
    assert working_count(persons, least=0).persons == persons


def test_none_is_told_only_where_it_may_be() -> None:
    assert working_count(0, least=5, zero=True).persons == 0
    assert working_count(1, least=5, zero=True).persons is None
