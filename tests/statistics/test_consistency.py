"""Figures that hold together pass; each way in which they do not is a finding that names the row."""

from fractions import Fraction

import pytest

from finsam.disclosure.cells import MISSING, SUPPRESSED, Cell
from finsam.disclosure.relations import Address, adds_up, at_most, covered
from finsam.statistics.checks import consistency
from finsam.statistics.checks.consistency import Kind
from finsam.statistics.derived.revisions import Change
from finsam.values.keys import read


def at(*key: str) -> Address:
    return Address("t", tuple(map(read, key)))


SUM = adds_up(at("total"), at("women"), at("men"))


def test_a_printed_total_that_is_not_the_sum_is_found() -> None:
    found = consistency.total("2018", 2987, 1168, 4146)
    assert found is not None
    assert found.sentence == "kvinnor 2\u00a0987 + män 1\u00a0168 = 4\u00a0155, men totalen är 4\u00a0146."
    assert found.stops
    assert consistency.total("2018", 2987, 1168, 4155) is None


def test_cells_are_held_against_what_is_known_to_add_up() -> None:
    cells = {at("women"): Cell(3), at("men"): Cell(4), at("total"): Cell(8)}
    (found,) = consistency.relations(cells, [SUM, SUM])
    assert (found.row, found.kind) == ("t total persons", Kind.SUM)
    assert found.sentence == "delarna 3 + 4 blir inte 8."
    assert not list(consistency.relations({**cells, at("total"): Cell(7)}, [SUM]))


@pytest.mark.parametrize("unknown", [SUPPRESSED, MISSING])
def test_a_cell_that_is_not_shown_is_no_finding(unknown: Cell) -> None:
    assert not list(consistency.relations({at("women"): unknown, at("men"): Cell(4), at("total"): Cell(8)}, [SUM]))
    assert consistency.outside("r", unknown, 7, "FK") is None


def test_parts_that_may_overlap_are_held_against_their_bounds() -> None:
    cells = {at("a"): Cell(9), at("b"): Cell(1), at("total"): Cell(8)}
    (larger,) = consistency.relations(cells, [at_most(at("a"), at("total"))])
    assert (larger.row, larger.kind) == ("t total persons", Kind.BOUND)
    cells[at("total")] = Cell(11)
    (uncovered,) = consistency.relations(cells, [covered(at("total"), at("a"), at("b"))])
    assert (uncovered.row, uncovered.kind) == ("t total persons", Kind.BOUND)


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [(1272, 1859, Fraction(68)), (1, 200, Fraction(1, 2)), (1, 8, Fraction(13)), (3, 3, Fraction(100))],
)
def test_a_share_is_rounded_half_away_from_zero_and_below_one_to_a_decimal(
    part: int, whole: int, printed: Fraction
) -> None:
    assert consistency.share("r", part, whole, printed) is None
    assert consistency.possible("r", whole, printed) is None


def test_a_share_that_is_another_is_found() -> None:
    found = consistency.share("r", 1272, 1859, Fraction(70))
    assert found is not None
    assert found.sentence == "1\u00a0272 av 1\u00a0859 är 68 procent, inte 70."
    nothing = consistency.share("r", 0, 0, Fraction(50))
    assert nothing is not None
    assert nothing.sentence == "0 av 0 är – procent, inte 50."


def test_a_share_that_no_whole_number_gives_is_found() -> None:
    assert consistency.possible("r", 3, Fraction(33)) is None
    found = consistency.possible("r", 3, Fraction(40))
    assert found is not None
    assert found.sentence == "inget antal av 3 är 40 procent."


def test_a_number_in_a_sentence_that_no_cell_gives_is_found() -> None:
    text = "Under 2020 deltog 24\u00a0867 personer, 41 procent av alla. 1 januari är en dag, 0,5 procent en andel."
    found = consistency.sentences("lead", text, {1, 24867}, {Fraction(1, 2)})
    assert [one.params["number"] for one in found] == ["41 procent"]
    found = consistency.sentences("lead", text, {24866}, {Fraction(1, 2), Fraction(41)})
    assert [one.params["number"] for one in found] == ["24\u00a0867", "1"]
    english = "24,867 people took part in 2020, which is 41%."
    assert not list(consistency.sentences("lead", english, {24867}, {Fraction(41)}, "en"))


def test_a_figure_that_differs_from_an_older_edition_is_explained_by_later_registration_or_by_nothing() -> None:
    change = Change("t", ("2019",), "persons", Cell(12), SUPPRESSED)
    assert not list(consistency.revisions([change], "2020", later=True))
    (found,) = consistency.revisions([change], "2020", later=False)
    assert found.sentence == "2020 hade 12, nu är det ··, och ingen senare registrering förklarar det."


def test_a_figure_from_elsewhere_is_compared_and_stops_nothing() -> None:
    found = consistency.outside("r", Cell(Fraction(9, 2)), 4, "FK")
    assert found is not None
    assert (found.sentence, found.stops) == ("FK har 4, här är det 5.", False)
    assert consistency.outside("r", Cell(4), 4, "FK") is None


def test_a_finding_is_written_with_the_figures_of_the_language() -> None:
    found = consistency.total("2018", 2987, 1168, 4146)
    assert found is not None
    assert found.filled("%(sum)s, not %(total)s", "en") == "4,155, not 4,146"
