"""How editions and report runs move, who publishes and how much is hidden, on plain values."""

from collections.abc import Callable, Mapping
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from finsam.disclosure.cells import Rule
from finsam.editions import rules

Move = Callable[[str, str], str]


@pytest.mark.parametrize(
    ("move", "transitions"), [(rules.move, rules.TRANSITIONS), (rules.move_edition, rules.EDITION_TRANSITIONS)]
)
def test_every_move_that_does_not_stand_in_the_table_is_refused(
    move: Move, transitions: Mapping[str, frozenset[str]]
) -> None:
    for state, to in product(transitions, repeat=2):
        if to in transitions[state]:
            assert move(state, to) == to
        else:
            with pytest.raises(ValidationError):
                move(state, to)


def test_a_publication_may_hide_more_than_the_installation_and_never_less() -> None:
    installation = Rule(5, zeros_published=True)
    assert rules.stricter(installation, None, hide_zeros=False) == installation
    assert rules.stricter(installation, 7, hide_zeros=True) == Rule(7, zeros_published=False)
    assert rules.stricter(Rule(5, zeros_published=False), 5, hide_zeros=False) == Rule(5, zeros_published=False)
    with pytest.raises(ValidationError, match="under 5"):
        rules.stricter(installation, 4, hide_zeros=False)


def test_another_than_the_one_who_compiled_publishes_and_the_sentence_says_who() -> None:
    rules.refuse_own(1, 2, [])
    rules.refuse_own(None, 2, [])
    with pytest.raises(ValidationError, match=r"publicerar den inte\. Det kan göras av Ada, Bo\."):
        rules.refuse_own(1, 1, ["Ada", "Bo"])
    with pytest.raises(ValidationError, match=r"--as ADRESS\. Ge någon mer"):
        rules.refuse_own(1, None, [])


def test_an_edition_is_protected_together_with_all_that_has_been_published() -> None:
    rules.refuse_moved_on(["a", "b"], ["b"])
    with pytest.raises(ValidationError, match="har b, c publicerats"):
        rules.refuse_moved_on(["a"], ["c", "a", "b"])
