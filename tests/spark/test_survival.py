"""How long stays last, where some are still going on, beside lifelines, which lies among the packages of Spark."""

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import qth_survival_times

from finsam.statistics.figures import durations
from finsam.statistics.figures.durations import Days

COUNTS = st.dictionaries(
    st.integers(1, 400), st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(any), min_size=1, max_size=30
).map(lambda found: [Days(days, ended, still_in) for days, (ended, still_in) in found.items()])


def fitted(counts: Iterable[Days]) -> KaplanMeierFitter:
    """Fit the same counts with lifelines."""
    rows = [(row.days, event, n) for row in counts for event, n in ((True, row.ended), (False, row.still_in)) if n]
    days, events, weights = map(list, zip(*rows, strict=True))
    return KaplanMeierFitter().fit(days, event_observed=events, weights=weights)


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_survival_is_what_lifelines_gives(counts: list[Days]) -> None:
    curve = durations.survival(counts)
    theirs = fitted(counts)
    for step in curve:
        assert float(step.surviving) == pytest.approx(theirs.predict(step.days), abs=1e-9)
    for share in durations.QUARTERS:
        left = 1 - share
        if all(abs(step.surviving - left) > Fraction(1, 10**9) for step in curve):  # they compare decimal fractions
            found = durations.time_until(curve, share)
            assert (float("inf") if found is None else found) == qth_survival_times(
                float(left), theirs.survival_function_
            )
