"""How many tables one user gets and how large, on plain values."""

import pytest
from django.core.exceptions import ValidationError

from finsam.table_builder import rules


def test_a_table_is_refused_to_whoever_has_had_the_most() -> None:
    rules.refuse_beyond(rules.MOST_ANSWERS - 1)
    with pytest.raises(ValidationError, match=f"Du har fått {rules.MOST_ANSWERS} tabeller"):
        rules.refuse_beyond(rules.MOST_ANSWERS)


def test_a_table_is_refused_from_the_first_cell_too_many() -> None:
    rules.refuse_large(1_000, 1_000)
    with pytest.raises(ValidationError, match="celler"):
        rules.refuse_large(1_001, 1_000)
