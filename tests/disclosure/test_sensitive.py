"""What is personal of everybody in a small group is hidden whole: its zeros, and that it is all of them, as well."""

from dataclasses import replace
from itertools import pairwise

import pytest

from finsam.disclosure.attack.examination import examine
from finsam.disclosure.cells import Counts, Key, Rule
from finsam.disclosure.protect import protect
from finsam.disclosure.relations import at_most
from tests.disclosure.publications import at, counts, marks

RULE = Rule()


def ended(group: int, active: int, *, name: str = "t") -> Counts:
    """Those who ended in one place, and how many of them work or study."""
    cells: dict[Key, tuple[int | None, ...]] = {("a",): (group, active), ("b",): (60, 31)}
    return Counts(name, ("place",), ("ended", "active"), cells, sensitive=frozenset({"active"}), base="ended")


def shown(table: Counts) -> dict[str, list[str]]:
    """Each row as it would be read."""
    rows = protect({table.name: table}, [], RULE)[table.name].cells
    return {str(key[0]): ["··" if cell.value is None else str(cell.value) for cell in row] for key, row in rows.items()}


@pytest.mark.parametrize("active", [0, 6, 9])
def test_of_nine_nothing_is_told_and_of_ten_all(active: int) -> None:
    assert shown(ended(9, active)) == {"a": ["9", "··"], "b": ["60", "31"]}
    assert shown(ended(10, active)) == {"a": ["10", str(active)], "b": ["60", "31"]}


def test_of_nobody_there_is_nothing_to_tell() -> None:
    assert shown(ended(0, 0))["a"] == ["0", "0"]


def test_everybody_of_ten_is_shown() -> None:
    assert shown(ended(10, 10))["a"] == ["10", "10"]


def test_a_row_split_by_what_is_personal_is_hidden_whole_with_its_zeros() -> None:
    places = "work | a | 9\nill | a | 0\ntotal | a | 9\nwork | b | 50\nill | b | 20\ntotal | b | 70"
    whole = counts("t", f"reason | place | persons\n{places}", additive=["reason"])
    table = replace(whole, sensitive=frozenset({"reason"}))
    assert marks(protect({"t": table}, [], RULE)["t"]) == {
        "work a": "··",
        "ill a": "··",
        "total a": "9",
        "work b": "50",
        "ill b": "20",
        "total b": "70",
    }


def test_a_mark_of_a_small_group_may_stand_for_nobody_and_the_intruder_knows_it() -> None:
    """Two marks under a six are one to five each, unless they are of something personal: then none to six."""
    plain = counts("t", "reason | persons\nwork | 2\nill | 4\ntotal | 6", additive=["reason"])
    personal = replace(plain, sensitive=frozenset({"reason"}))
    assert marks(protect({"t": plain}, [], RULE)["t"])["total"] == "··"
    out = protect({"t": personal}, [], RULE)
    assert marks(out["t"]) == {"work": "··", "ill": "··", "total": "6"}
    assert not examine(out.tables.values(), out.relations, RULE).leaks


def test_what_is_hidden_says_nothing_of_what_stands_under_it() -> None:
    every = [shown(ended(9, active)) for active in range(10)]
    assert all(one == other for one, other in pairwise(every))


def test_another_installation_hides_of_larger_groups() -> None:
    table = ended(14, 7)
    assert protect({"t": table}, [], RULE)["t"].cells["a",][1].value == 7
    assert protect({"t": table}, [], Rule(least_group=15))["t"].cells["a",][1].value is None


def test_a_sensitive_cell_of_nobody_knows_whom_is_an_error() -> None:
    table = counts("t", "reason | persons\nwork | 9")
    with pytest.raises(ValueError, match="Of how many"):
        protect({"t": replace(table, sensitive=frozenset({"reason"}))}, [], RULE)


def test_a_zero_that_follows_from_one_of_a_larger_group_is_shown() -> None:
    """None of seventy has it, so none of the nine new among them; that nine of nine have the other is hidden."""
    rows = "flow | support | persons\nongoing | cash | 70\nongoing | social | 0\nnew | cash | 9\nnew | social | 0"
    table = counts("t", rows)
    bases = {key: 70 if key[0] == "ongoing" else 9 for key in table.cells}
    given = replace(table, sensitive=frozenset({"support"}), bases=bases)
    held = [at_most(at("t", "new", code), at("t", "ongoing", code)) for code in ("cash", "social")]
    assert marks(protect({"t": given}, held, RULE)["t"]) == {
        "new cash": "··",
        "new social": "0",
        "ongoing cash": "70",
        "ongoing social": "0",
    }
