"""Persons new with a support, as another agency describes them."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from finsam.statistics.figures import linked_records
from finsam.statistics.tables.periods import Periods
from tests.tables import assert_rows, beside, rows_of, tables

YEAR = Periods.years(2020)
ACTIVITY_COMPENSATION: Mapping[str, Any] = {"support": [3]}
STAYS = """
    participation | person | sex   | starts_on
    1             | 1      | women | 2020-02-01
    2             | 1      | women | 2020-09-01
    3             | 2      | women | 2020-02-01
    4             | 3      | men   | 2020-02-01
    5             | 4      | men   | 2020-02-01
    6             | 5      | men   | 2019-02-01
"""
SUPPORTS = """
    participation | support
    1             | activity_compensation
    2             | activity_compensation
    3             | activity_compensation
    4             | activity_compensation
    5             | social_assistance
    6             | activity_compensation
"""
FILE = """
    person | age | days_in_benefit | chapter
    1      | 24  | 1200            | 5
    3      | 29  | 400             | 0
    4      | 50  | 90              | 13
    5      | 19  | 30              | 5
"""


def given(file: str = FILE) -> dict[str, Any]:
    """The tables of a snapshot and the rows of a linkage beside it."""
    rows = [{name: int(text) for name, text in row.items()} for row in rows_of(file)]
    ours = tables(participations=STAYS, supports=SUPPORTS)
    return {
        "tables": ours,
        "linked": beside(ours, "linked", pa.Table.from_pylist(rows)),
        "periods": YEAR,
    }


def test_who_is_new_with_the_support_is_found_or_missing_in_the_file_and_counts_once() -> None:
    """Person 1 began twice and counts once; 2 is not in the file; 4 had another support; 5 began the year before."""
    assert_rows(
        linked_records.found(**given(), by=["sex"], where=ACTIVITY_COMPENSATION),
        expect="""
            period | sex   | persons | found | missing
            2020   | women | 2       | 1     | 1
            2020   | men   | 1       | 1     | 0
        """,
    )


def test_age_at_start_is_what_the_other_agency_states_in_groups() -> None:
    ages = """
        person | age | days_in_benefit | chapter
        1      | 19  | 0               | 5
        2      | 20  | 0               | 5
        3      | 24  | 0               | 5
        4      | 125 | 0               | 5
    """
    assert_rows(
        linked_records.days(**given(ages), by=["age_at_start"]),
        expect="""
            period | age_at_start | days_in_benefit | persons
            2020   | 1            | 0               | 1
            2020   | 20           | 0               | 2
            2020   | 60           | 0               | 1
        """,
    )


def test_days_in_benefit_are_counted_by_sex_and_age() -> None:
    assert_rows(
        linked_records.days(**given(), by=["sex", "age_at_start"], where=ACTIVITY_COMPENSATION),
        expect="""
            period | sex   | age_at_start | days_in_benefit | persons
            2020   | women | 20           | 1200            | 1
            2020   | men   | 25           | 400             | 1
        """,
    )


def test_a_diagnosis_that_is_missing_or_not_known_is_counted_as_such() -> None:
    assert_rows(
        linked_records.days(**given(), by=["chapter"], where=ACTIVITY_COMPENSATION),
        expect="""
            period | chapter | days_in_benefit | persons
            2020   | 5       | 1200            | 1
            2020   | 0       | 400             | 1
        """,
    )
