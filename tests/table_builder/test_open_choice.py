"""What a reader begins with in an open table: a view that the table has, of all places and of each."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from finsam.reports.open_tables.cubes import CUBES
from finsam.table_builder.open_choice import Choice, names, places
from finsam.table_builder.open_cube import Axis
from tests.table_builder.cubes import cube


@pytest.mark.parametrize("name", [one.name for one in CUBES])
def test_every_table_begins_with_a_view_that_it_has(name: str) -> None:
    """Also of one place where there is nothing but years beside it, and with rows and columns turned."""
    of = cube(name)
    for place in ("", *places(of).parts):
        begun = Choice.of(of, {"place": place})
        assert begun.place == place
        assert len(set(begun.axes)) > 1
        assert Choice.of(of, begun.turned().address()) == begun.turned()


def test_a_place_is_typed_as_it_is_called() -> None:
    """Two that are called the same are told apart by their codes; what is no place is refused."""
    of = cube("registered_interventions")
    words = {"7": "Norra: Vägen in", "8": "Norra: Vägen in", "9": "Norra: Steget", "total": "Totalt"}
    of = replace(of, axes={**of.axes, "intervention": Axis("intervention", "Insats", words)})
    assert list(names(of).values()) == ["Norra: Vägen in (7)", "Norra: Vägen in (8)", "Norra: Steget"]
    for typed, code in (("norra: steget ", "9"), ("Norra: Vägen in (8)", "8"), ("9", "9"), ("", "")):
        assert Choice.of(of, {"place": typed}).place == code
    with pytest.raises(ValidationError, match="Området finns inte i tabellen"):
        Choice.of(of, {"place": "Norra: Vägen in"})
