"""Rounded tables: which base is safe, and that figures rounded apart don't give one another away."""

import pytest

from finsam.disclosure.attack.intervals import attack, narrow
from finsam.disclosure.cells import Counts, Rounding, Rule
from finsam.disclosure.protect import protect
from finsam.disclosure.relations import Relation
from finsam.disclosure.rounding import ends, follows, least_base, shown
from finsam.values.sentences import SentenceError
from tests.disclosure.publications import at, counts, held_within, marks

RULE = Rule()


@pytest.mark.parametrize("base", [2, 3, 10, 11, 12])
def test_the_ends_are_of_all_counts_that_are_shown_as_the_figure(base: int) -> None:
    for figure in range(0, 5 * base, base):
        same = [count for count in range(7 * base) if shown(count, base) == figure]
        assert ends(figure, base) == (same[0], same[-1])


def test_the_least_base_lets_a_figure_of_none_be_as_many_as_the_threshold() -> None:
    assert least_base(RULE) == 11
    assert ends(0, 11) == (0, 5)
    assert ends(0, 10) == (0, 4)


def test_a_smaller_base_is_refused_with_a_sentence() -> None:
    table = rounded(counts("t", "group | persons\na | 3"), 10)
    with pytest.raises(SentenceError, match="avrundas till minst 11"):
        protect({"t": table}, [], RULE)


def rounded(table: Counts, base: int = 11) -> Counts:
    """The same counts, to be rounded."""
    return Counts(
        table.name, table.dimensions, table.figures, table.cells, additive=table.additive, method=Rounding(base)
    )


def test_small_counts_and_no_one_look_the_same() -> None:
    table = rounded(
        counts(
            "t",
            """
            group | persons
            a     | 0
            b     | 3
            c     | 5
            d     | 6
            e     | 1003
            """,
        )
    )
    released = protect({"t": table}, [], RULE)
    assert marks(released["t"]) == {"a": "0", "b": "0", "c": "0", "d": "11", "e": "1001"}
    assert released["t"].bases == (11,)


def test_a_rounded_sum_that_narrows_its_rounded_parts_is_left_out() -> None:
    """Two parts shown as 0 are at most ten together; a sum shown as 11 is six at least: neither part can be none."""
    table = rounded(
        counts(
            "t",
            """
            sex   | persons
            women | 4
            men   | 4
            total | 8
            """,
            additive=["sex"],
        )
    )
    naive = [rule for cell, value in table.filled() for rule in follows(cell, shown(value, 11), 11)]
    intervals = attack({}, [*held_within([table]), *naive], [at("t", "women")])
    assert intervals[at("t", "women")].lower == 1
    released = protect({"t": table}, [], RULE)
    still = [(cell, shown(value, 11)) for cell, value in table.filled() if cell not in released.pattern]
    left = [rule for cell, figure in still for rule in follows(cell, figure, 11)]
    small = {cell: True for cell, value in table.filled() if value < 5}
    assert released.pattern
    assert not narrow({}, [*held_within([table]), *left], small, 5).narrow


def test_a_rounded_table_is_protected_beside_one_that_hides() -> None:
    exact = counts("exact", "sex | persons\nwomen | 3\nmen | 40\ntotal | 43", additive=["sex"])
    other = rounded(counts("other", "sex | persons\nwomen | 3\nmen | 40\ntotal | 43", additive=["sex"]))
    same = [Relation(((1, at("exact", sex)), (-1, at("other", sex)))) for sex in ("women", "men", "total")]
    released = protect({"exact": exact, "other": other}, same, RULE)
    assert marks(released["exact"])["women"] == "··"
    assert marks(released["exact"])["men"] == "··"
