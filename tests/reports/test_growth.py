"""How much earlier years have grown since they were printed, told as a change: not when it is of a few."""

import pytest

from finsam.disclosure.cells import TOTAL, Cell, Key, Status
from finsam.disclosure.protect import Known
from finsam.disclosure.relations import Address
from finsam.publications.blocks import Grid
from finsam.reports.national_annual import growth
from tests.snapshots.leavers import compiled
from tests.snapshots.populations import Population
from tests.tables import tables

FIRST = "national-annual-2019-1"


def as_printed(persons: int | None) -> Known:
    """Everyone of 2019 as an edition printed them from another snapshot."""
    key: Key = ("2019", "identified", TOTAL)
    at, then = Address("totals", key), Address("first:totals", key)
    cell = Cell(persons) if persons is not None else Cell(None, Status.SUPPRESSED)
    return Known({then: cell}, revised={at: then}, printed={at: cell.standing(FIRST)})


def of(now: int, known: Known) -> list[tuple[Cell, ...]]:
    """The rows of the table, when so many are counted of 2019 now."""
    people = Population().add(now, sex="women", began="ended").add(30, sex="men")

    def link(_counts: object) -> Known:
        return known

    made = compiled(tables(**people.texts()), "national-annual", link=link).publication
    found = [tidy.table for tidy in made.tables if tidy.table.name == growth.TABLE]
    shown = {block.key for block in made.blocks if isinstance(block, Grid)}
    assert (growth.TABLE in shown) == bool(found)
    return [row for table in found for _, row in sorted(table.cells.items())]


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [(50, 55, "ok"), (50, 54, "kept"), (50, 50, "ok"), (54, 50, "kept"), (100, 101, "ok"), (99, 101, "kept")],
)
def test_a_growth_of_a_few_is_told_only_of_a_hundred(then: int, now: int, told: str) -> None:
    [(printed, persons, more)] = of(now, as_printed(then))
    assert (printed.value, printed.edition) == (then, FIRST)
    assert persons.status == more.status == told
    assert (persons.value, more.value) == ((now, now - then) if told == "ok" else (then, 0))


def test_nothing_has_grown_that_stands_from_no_other_snapshot_or_was_hidden() -> None:
    assert of(50, Known()) == []
    assert of(50, as_printed(None)) == []


def test_the_years_own_row_stands_as_it_was_printed_beside_its_growth() -> None:
    people = Population().add(60, sex="women", began="ended")
    known = as_printed(50)
    made = compiled(tables(**people.texts()), "national-annual", link=lambda _counts: known).publication
    totals = next(tidy.table for tidy in made.tables if tidy.table.name == "totals")
    assert totals.cells["2019", "identified", TOTAL][0].value == 50
