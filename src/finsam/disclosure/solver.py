"""HiGHS behind a few functions: one linear model of rows, and whole numbers asked for where they matter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import highspy

TOLERANCE: Final = 1e-6  # the solver's own; counts and coefficients are whole numbers
SETTINGS: Final[Mapping[str, bool | int | str]] = {
    "output_flag": False,
    "presolve": "off",
    "threads": 1,
    "random_seed": 1,
}


class Line(NamedTuple):
    """A row of a model: columns with coefficients, and the number they come to, or at least come to."""

    terms: Sequence[tuple[int, float]]  # whole numbers do as well
    needed: float
    or_more: bool


def named() -> str:
    """Name the solver and its version."""
    return f"HiGHS {highspy.Highs().version()}"  # type: ignore[no-untyped-call]


def model(
    uppers: list[float], costs: list[float], rows: Sequence[Line], lowers: list[float] | None = None
) -> highspy.Highs:
    """Make a model whose columns lie between their ends, from 0 if nothing else is said.

    The same questions get the same answers.
    """
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(uppers), len(rows)
    program.col_cost_, program.col_lower_, program.col_upper_ = costs, lowers or [0.0] * len(uppers), uppers
    program.row_lower_ = [row.needed for row in rows]
    program.row_upper_ = [highspy.kHighsInf if row.or_more else row.needed for row in rows]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row.terms))
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = starts
    program.a_matrix_.index_ = [column for row in rows for column, _ in row.terms]
    program.a_matrix_.value_ = [factor for row in rows for _, factor in row.terms]
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in SETTINGS.items():
        made.setOptionValue(option, value)
    made.passModel(program)
    return made


def set_costs(asked: Any, costs: Mapping[int, float]) -> None:
    """Change what the columns cost, all in one call."""
    asked.changeColsCost(len(costs), list(costs), list(costs.values()))


def set_ends(asked: Any, ends: Mapping[int, tuple[float, float]]) -> None:
    """Change both ends of columns, all in one call."""
    lowers, uppers = ([end[place] for end in ends.values()] for place in (0, 1))
    asked.changeColsBounds(len(ends), list(ends), lowers, uppers)


@contextmanager
def roughly(asked: Any, gap: float, nodes: int) -> Iterator[None]:
    """Let whole numbers do that come within a share of the best, and give up after some nodes, while it lasts.

    What was found until then can be had from the model; whole numbers that fit can be very hard to find.
    """
    rough: Mapping[str, float | int] = {"mip_rel_gap": gap, "mip_max_nodes": nodes}
    best = {name: asked.getOptionValue(name)[1] for name in rough}
    for name, value in rough.items():
        asked.setOptionValue(name, value)
    try:
        yield
    finally:
        for name, value in best.items():
            asked.setOptionValue(name, value)


def require_whole(asked: Any, columns: Iterable[int], *, whole: bool) -> None:
    """Ask for whole numbers, or no longer; only then is it worth simplifying the model before it is solved."""
    kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
    asked.setOptionValue("presolve", "on" if whole else "off")
    numbers = list(columns)
    asked.changeColsIntegrality(len(numbers), numbers, [kind] * len(numbers))
