"""Publications beside what is published already: other reports, shares, figures in text, earlier years."""

from fractions import Fraction

import pytest

from finsam.disclosure.attack.intervals import attack, narrow
from finsam.disclosure.cells import Cell, Rule
from finsam.disclosure.protect import MISSING, SUPPRESSED, Known, protect
from finsam.disclosure.published_before import NOTHING, earlier, same
from finsam.disclosure.relations import adds_up, at_most, equals, share_shown
from finsam.values.sentences import SentenceError
from finsam.values.shares import rounded
from tests.disclosure.publications import at, counts, held_within, marks, shown_in

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
    known = earlier("2020", before.tables.values())
    table = counts("u", "sex | persons\nmen | 40")
    linked = Known(known.cells, (*known.relations, equals(at("u", "men"), at("2020:t", "men"))))
    assert marks(protect({"u": table}, [], RULE)["u"]) == {"men": "40"}
    assert marks(protect({"u": table}, [], RULE, linked)["u"]) == {"men": "··"}


def test_the_same_cells_of_the_same_snapshot_are_hidden_again() -> None:
    table = counts("t", sexes(3, 40), additive=["sex"])
    before = protect({"t": table}, [], RULE)
    known = same("2020", earlier("2020", before.tables.values()), [table])
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


def test_a_share_reveals_a_count_when_its_base_is_shown() -> None:
    """7 percent of 43 is three persons and no other number."""
    (low, high) = share_shown(WOMEN, TOTAL, Fraction(7))
    assert attack({TOTAL: 43}, [low, high], [WOMEN])[WOMEN].lower == 3
    assert attack({TOTAL: 43}, [low, high], [WOMEN])[WOMEN].upper == 3


def test_with_a_share_published_the_base_is_hidden_too() -> None:
    table = counts("t", sexes(3, 40), additive=["sex"])
    known = Known(relations=tuple(share_shown(WOMEN, TOTAL, rounded(Fraction(300, 43)))))
    naive = {TOTAL: 43}
    held = [*held_within([table]), *known.relations]
    assert narrow(naive, held, {WOMEN: True}, 5).narrow == (WOMEN,)
    shown = shown_in(protect({"t": table}, [], RULE, known).tables.values())
    assert TOTAL not in shown
    assert not narrow(shown, held, {WOMEN: False}, 5).narrow  # never nobody: seven percent of anyone is someone


def test_a_share_of_less_than_half_a_tenth_may_be_of_nobody() -> None:
    table = counts("t", "sex | persons\nwomen | 3\nmen | 9000\ntotal | 9003", additive=["sex"])
    known = Known(relations=tuple(share_shown(WOMEN, TOTAL, Fraction(0))))
    released = protect({"t": table}, [], RULE, known)
    held = [*held_within([table]), *known.relations]
    assert not narrow(shown_in(released.tables.values()), held, {WOMEN: True}, 5).narrow


@pytest.mark.parametrize("part", range(0, 41, 3))
def test_a_share_says_what_rounding_it_says(part: int) -> None:
    shown = rounded(Fraction(100 * part, 40))
    possible = [count for count in range(41) if rounded(Fraction(100 * count, 40)) == shown]
    found = attack({TOTAL: 40}, share_shown(WOMEN, TOTAL, shown), [WOMEN])[WOMEN]
    assert (found.lower, found.upper) == (possible[0], possible[-1])


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
