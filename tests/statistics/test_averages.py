"""What may be said of averages when some counts are hidden: the class of the median, and a mean that is safe."""

import pytest

from finsam.disclosure.attack.intervals import Interval, attack
from finsam.disclosure.cells import MISSING, SUPPRESSED, TOTAL, Cell
from finsam.disclosure.relations import Address, adds_up
from finsam.statistics.derived import averages

PERSONS = Address("linked", ("2020", TOTAL), "found")
CLASSES = [Address("days", (str(fewest),)) for fewest in averages.CLASSES]


@pytest.mark.parametrize(("days", "fewest"), [(0, 0), (90, 0), (91, 91), (1825, 1096), (1826, 1826), (45_000, 1826)])
def test_a_length_belongs_to_the_class_that_begins_with_or_before_it(days: int, fewest: int) -> None:
    assert averages.class_of(days) == fewest


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ([5, 5, 0], 0),  # half of ten have come to the end of the first class
        ([4, 6, 0], 1),
        ([0, 0, 9], 2),
    ],
)
def test_the_median_is_the_first_class_up_to_which_half_have_come(counts: list[int], place: int) -> None:
    assert averages.median([Cell(count) for count in counts], Cell(sum(counts))) == place


def test_the_median_is_told_past_hidden_classes_only_when_those_shown_decide_it() -> None:
    """Two hidden classes have four of twenty together: the eleventh of twenty stands after both, or before both."""
    after = [SUPPRESSED, SUPPRESSED, Cell(10), Cell(6)]
    before = [Cell(12), SUPPRESSED, SUPPRESSED, Cell(4)]
    between = [SUPPRESSED, Cell(9), Cell(3), SUPPRESSED]
    assert averages.median(after, Cell(20)) == 2
    assert averages.median(before, Cell(20)) == 0
    assert averages.median(between, Cell(20)) is None
    assert averages.median([Cell(0)], Cell(0)) is None


def test_a_mean_is_rounded_to_ten_days_and_made_of_at_least_twenty_persons() -> None:
    assert averages.rounded_mean({100: 10, 109: 10}) == 100
    assert averages.rounded_mean({100: 10, 110: 10}) == 110  # 105: halves upwards
    assert averages.rounded_mean({100: 19}) is None


def test_means_are_shown_of_all_parts_or_of_none() -> None:
    means: dict[str, int | None] = {"women": 1060, "men": 980}
    assert averages.shown(means, {"women": Cell(30), "men": Cell(20)}) == {"women": Cell(1060), "men": Cell(980)}
    assert set(averages.shown(means, {"women": Cell(30), "men": SUPPRESSED}).values()) == {MISSING}
    assert set(averages.shown({**means, "men": None}, {"women": Cell(30), "men": Cell(9)}).values()) == {MISSING}


def test_the_mean_of_the_whole_is_weighed_from_those_of_the_parts() -> None:
    parts = [(Cell(1060), Cell(1236)), (Cell(980), Cell(570))]
    assert averages.of_the_whole(parts) == Cell(1030)  # 1034.8
    assert averages.of_the_whole([(Cell(1060), Cell(30)), (SUPPRESSED, SUPPRESSED)]) == SUPPRESSED
    assert averages.of_the_whole([(MISSING, Cell(3))]) == MISSING
    assert averages.of_the_whole([]) == MISSING


def test_what_a_mean_tells_of_the_classes_is_true_and_is_used_by_the_attack() -> None:
    """Twenty persons, of whom ten had two days each and ten two thousand: a mean of 1,000 to the nearest ten.

    Had more than ten been in the last class, which begins with 1,826 days, the mean would be larger than 1,004.
    """
    counts = dict.fromkeys(CLASSES, 0) | {CLASSES[0]: 10, CLASSES[-1]: 10, PERSONS: 20}
    mean = averages.rounded_mean({2: 10, 2000: 10})
    assert mean == 1000
    told = averages.told(mean, PERSONS, CLASSES)
    assert all(sum(n * counts[cell] for n, cell in one.terms) >= one.constant for one in told)
    hidden = (adds_up(PERSONS, CLASSES[0], CLASSES[-1]), *told)
    known = {cell: count for cell, count in counts.items() if cell not in (CLASSES[0], CLASSES[-1])}
    assert attack(known, hidden[:1], [CLASSES[-1]]) == {CLASSES[-1]: Interval(0, 20)}
    assert attack(known, hidden, [CLASSES[-1]]) == {CLASSES[-1]: Interval(1, 11)}
