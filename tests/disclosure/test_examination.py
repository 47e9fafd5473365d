"""`finsam attack`: what is found in a publication by one who has nothing else."""

from finsam.disclosure.attack.examination import examine
from finsam.disclosure.cells import TOTAL, Cell, Counts, Key, Protected, Rule
from finsam.disclosure.protect import MISSING, SUPPRESSED, protect
from finsam.disclosure.relations import adds_up
from finsam.values.keys import read
from tests.disclosure.publications import at, by_sex, counts

RULE = Rule()


def published(name: str, **cells: int | None) -> Protected:
    """A table by sex as published; None is hidden."""
    shown = {code: SUPPRESSED if value is None else Cell(value) for code, value in cells.items()}
    rows: dict[Key, tuple[Cell, ...]] = {(read(code),): (cell,) for code, cell in shown.items()}
    return Protected(name, ("sex",), ("persons",), rows, additive=frozenset({"sex"}), persons=True)


def test_a_planted_leak_is_found_by_the_name_of_its_table() -> None:
    leaking, quiet = published("a", women=None, men=40, total=43), published("b", women=None, men=None, total=43)
    found = examine([leaking, quiet], [], RULE)
    assert found.leaks == ("a",)


def test_what_was_protected_is_silent() -> None:
    table = counts("t", "sex | persons\nwomen | 3\nmen | 40\ntotal | 43", additive=["sex"])
    released = protect({"t": table}, [], RULE)
    assert not examine(released.tables.values(), released.relations, RULE).leaks


def test_tables_that_together_tell_what_neither_shows_are_found() -> None:
    ongoing, new = published("ongoing", women=50, men=60, total=110), published("new", women=47, men=30, total=77)
    held = [adds_up(at("ongoing", sex), at("new", sex), at("earlier", sex)) for sex in ("women", "men", "total")]
    assert examine([ongoing, new], held, RULE).leaks == ("new", "ongoing")
    assert not examine([ongoing, published("new", women=None, men=None, total=77)], held, RULE).leaks


def test_a_large_cell_that_follows_is_no_leak_where_nobody_hid_it() -> None:
    ongoing, new = published("ongoing", women=50, men=60, total=110), published("new", women=40, men=30, total=70)
    held = [adds_up(at("ongoing", sex), at("new", sex), at("earlier", sex)) for sex in ("women", "men", "total")]
    assert not examine([ongoing, new], held, RULE).leaks


def test_a_mark_tells_that_there_is_somebody_where_zeros_are_shown() -> None:
    """Of six, one to five are women; where a mark may stand for nobody, none to six."""
    table = published("t", women=None, men=None, total=6)
    assert examine([table], [], RULE).leaks == ("t",)
    assert not examine([table], [], Rule(zeros_published=False)).leaks
    assert not examine([published("t", women=None, men=None, total=7)], [], RULE).leaks


def test_another_threshold_finds_more() -> None:
    table = published("t", women=None, men=None, total=7)
    assert not examine([table], [], RULE).leaks
    assert examine([table], [], Rule(threshold=6)).leaks == ("t",)


def test_things_are_not_attacked_and_missing_figures_tie_nothing() -> None:
    things = Protected("things", ("sex",), ("number",), {("women",): (SUPPRESSED,), ("men",): (Cell(1),)})
    gaps = Protected("gaps", ("sex",), ("persons",), {("women",): (SUPPRESSED,), (TOTAL,): (MISSING,)}, persons=True)
    found = examine([things, gaps], [by_sex("gaps")], RULE)
    assert not found.leaks
    assert (found.cells, found.hidden) == (2, 1)


def test_a_rounded_table_is_attacked_through_what_its_figures_may_be() -> None:
    rounded = Protected(
        "t",
        ("sex",),
        ("persons",),
        {("women",): (SUPPRESSED,), ("men",): (Cell(0, base=4),), (TOTAL,): (Cell(0, base=4),)},
        additive=frozenset({"sex"}),
        persons=True,
    )
    assert examine([rounded], [], RULE).leaks == ("t",)  # women are at most two


def test_the_log_counts_and_names_no_figure() -> None:
    table = Counts("t", ("sex",), ("persons",), {("women",): (3,), ("men",): (40,)})
    log = protect({"t": table}, [], RULE).log
    assert (log.cells, log.hidden, log.leaks) == (2, 1, ())
