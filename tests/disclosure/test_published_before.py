"""Publications beside what is published already: other reports, shares, figures in text, earlier years."""

from dataclasses import replace

import pytest

from finsam.disclosure.cells import Cell, Rule
from finsam.disclosure.protect import MISSING, SUPPRESSED, Known, protect
from finsam.disclosure.published_before import NOTHING, called, earlier
from finsam.disclosure.refusal import UnprotectableError
from finsam.disclosure.relations import adds_up, at_most, equals
from finsam.values.sentences import SentenceError
from tests.disclosure.publications import at, counts, marks

RULE = Rule()
WOMEN, MEN, TOTAL = (at("t", sex) for sex in ("women", "men", "total"))


def sexes(women: int, men: int, name: str = "t") -> str:
    """Write a table of two and their sum."""
    return f"sex | persons\nwomen | {women}\nmen | {men}\ntotal | {women + men}"


def test_what_another_report_shows_is_used_and_the_pattern_goes_around_it() -> None:
    """Alone, men would be hidden beside women. But they are published already, so the sum is hidden instead."""
    table = counts("t", sexes(3, 40), additive=["sex"])
    known = Known({at("other", "men"): Cell(40)}, (equals(MEN, at("other", "men")),))
    assert marks(protect({"t": table}, [], RULE)["t"]) == {"men": "··", "total": "43", "women": "··"}
    assert marks(protect({"t": table}, [], RULE, known)["t"]) == {"men": "40", "total": "··", "women": "··"}


def test_what_another_report_hides_is_not_given_away() -> None:
    before = protect({"t": counts("t", sexes(3, 40), additive=["sex"])}, [], RULE)
    known = earlier("2020", before.tables.values(), [], RULE)
    table = counts("u", "sex | persons\nmen | 40")
    linked = Known(known.cells, (*known.relations, equals(at("u", "men"), at("2020:t", "men"))))
    assert marks(protect({"u": table}, [], RULE)["u"]) == {"men": "40"}
    assert marks(protect({"u": table}, [], RULE, linked)["u"]) == {"men": "··"}


def test_the_same_cells_of_the_same_snapshot_are_hidden_again() -> None:
    table = counts("t", sexes(3, 40), additive=["sex"])
    before = protect({"t": table}, [], RULE)
    known = earlier("2020", before.tables.values(), [], RULE)
    equal = (equals(at("t", sex), at("2020:t", sex)) for sex in ("women", "men", "total"))
    known = Known(known.cells, (*known.relations, *equal))
    assert protect({"t": table}, [], RULE, known).pattern == before.pattern


def test_what_is_public_already_stops_nobody_and_is_hidden_all_the_same() -> None:
    table = counts("t", "group | persons\na | 3\nb | 50")
    known = Known({at("x", "a"): Cell(3)}, (equals(at("t", "a"), at("x", "a")),))
    assert marks(protect({"t": table}, [], RULE, known)["t"]) == {"a": "··", "b": "50"}


def test_figures_that_do_not_agree_with_what_is_published_are_refused_with_a_sentence() -> None:
    table = counts("t", "group | persons\na | 30")
    known = Known(
        {at("x", "a"): Cell(20), at("x", "b"): SUPPRESSED},
        (adds_up(at("x", "a"), at("x", "b"), at("t", "a")),),
    )
    with pytest.raises(SentenceError, match="motsäger det som redan är publicerat"):
        protect({"t": table}, [], RULE, known)


def test_a_figure_that_nobody_registered_ties_nothing() -> None:
    table = counts("t", sexes(30, 40), additive=["sex"])
    known = Known({at("x", "a"): MISSING}, (equals(at("t", "men"), at("x", "a")),))
    assert protect({"t": table}, [], RULE, known).pattern == ()


def test_more_recipients_than_participants_tie_nothing_that_is_not_narrow() -> None:
    table = counts("t", sexes(3, 40), additive=["sex"])
    known = Known({at("benefit", "women"): Cell(4)}, (at_most(WOMEN, at("benefit", "women")),))
    shown = marks(protect({"t": table}, [], RULE, known)["t"])
    assert shown["women"] == "··"  # at most four women: that was published by somebody else, and can't be undone


def test_two_publications_are_put_together() -> None:
    one, other = Known({at("x", "a"): Cell(1)}), Known({at("y", "a"): Cell(2)}, revised={WOMEN: at("y", "a")})
    both = one | other | NOTHING
    assert both.cells == {at("x", "a"): Cell(1), at("y", "a"): Cell(2)}
    assert both.revised == {WOMEN: at("y", "a")}
    with pytest.raises(ValueError, match="two editions"):
        both | other


def test_two_worlds_apart_from_each_other_are_enough_where_none_is_far_from_the_true_one() -> None:
    """The women can be two fewer or four more, which is as wide as is asked for, though no world has five more."""
    known = Known(
        {at("x", "women"): SUPPRESSED, at("x", "men"): SUPPRESSED, at("x", "total"): Cell(652)}
        | {at("y", sex): Cell(number) for sex, number in (("women", 292), ("men", 354))},
        (
            adds_up(at("x", "total"), at("x", "women"), at("x", "men")),
            *(at_most(at("y", sex), at("x", sex)) for sex in ("women", "men")),
            equals(at("t", "women"), at("x", "women")),
        ),
        counts={at("x", "women"): 294, at("x", "men"): 358},
    )
    released = protect({"t": counts("t", "sex | persons\nwomen | 294")}, [], RULE, known)
    assert marks(released["t"]) == {"women": "··"}


def test_nobody_may_stand_under_a_mark_that_is_veiled() -> None:
    """Of five that went on last year nobody does now: that, and the two beside, would tell how many ended."""
    before = Known(
        {at("x", "ongoing"): Cell(9), at("x", "ended"): SUPPRESSED},
        (adds_up(at("x", "ongoing"), at("x", "ended"), at("t", "left")),),
        counts={at("x", "ended"): 9},
    )
    table = counts("t", "group | persons\nleft | 0\nother | 20")
    veiled = replace(table, veiled=True)
    assert marks(protect({"t": veiled}, [], RULE, before)["t"]) == {"left": "··", "other": "20"}
    with pytest.raises(UnprotectableError):
        protect({"t": table}, [], RULE, before)
    assert not protect({"t": veiled}, [], RULE, before)["t"].present(RULE)


def test_two_worlds_apart_may_begin_with_nobody() -> None:
    """Of five, two are women: none or all five is as wide as is asked for, and nothing reaches farther."""
    known = Known(
        {at("x", "women"): SUPPRESSED, at("x", "men"): SUPPRESSED, at("x", "total"): Cell(5)},
        (adds_up(at("x", "total"), at("x", "women"), at("x", "men")), at_most(at("t", "women"), at("x", "women"))),
        counts={at("x", "women"): 2, at("x", "men"): 3},
    )
    table = counts("t", "sex | persons\nwomen | 2\nother | 30")
    assert marks(protect({"t": table}, [], RULE, known)["t"]) == {"women": "··", "other": "30"}


def test_cells_that_are_one_stand_once_in_what_holds() -> None:
    """A row with a column twice breaks the solver's memory; two cells of one name are one, or cancel out."""
    one = {at("a", "men"): at("t", "men"), at("b", "men"): at("t", "men")}
    total = adds_up(at("t", "total"), *one).renamed(lambda cell: one.get(cell, cell))
    assert {cell: factor for factor, cell in total.terms} == {at("t", "men"): 2, at("t", "total"): -1}
    same = equals(at("a", "men"), at("b", "men"))
    assert not same.renamed(lambda cell: one[cell]).terms
    assert called(lambda cell: one.get(cell, cell), [], [same], RULE).relations == ()
    with pytest.raises(ValueError, match="twice"):
        equals(at("t", "men"), at("t", "men"))
