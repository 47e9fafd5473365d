"""What a reader begins with in an open table: a view that the table has, of all places and of each."""

import pytest

from finsam.reports.open_tables.cubes import CUBES
from finsam.table_builder.open_choice import Choice, places
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
