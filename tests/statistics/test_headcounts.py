"""Heads counted without personal data."""

from finsam.statistics.headcounts import heads
from tests.tables import assert_rows, tables


def individual(expect: str, **given: str) -> None:
    """Check the heads in individual interventions."""
    assert_rows(heads(tables=tables(**given), kind="individual"), expect)


def structural(expect: str, **given: str) -> None:
    """Check the heads in structural interventions."""
    assert_rows(heads(tables=tables(**given), kind="structural"), expect)


def test_heads_are_summed_over_interventions_in_their_own_year_only() -> None:
    individual(
        interventions="""
            intervention
            1
            2
        """,
        head_counts="""
            intervention | year | source    | women | men
            1            | 2019 | anonymous | 4     | 1
            1            | 2020 | anonymous | 2     | 0
            2            | 2020 | anonymous | 5     | 3
            2            | 2020 | volume    | 20    | 30
        """,
        expect="""
            year | source    | sex   | heads
            2019 | anonymous | women | 4
            2019 | anonymous | men   | 1
            2020 | anonymous | women | 7
            2020 | anonymous | men   | 3
            2020 | volume    | women | 20
            2020 | volume    | men   | 30
        """,
    )


def test_heads_of_structural_interventions_stand_apart() -> None:
    given = {
        "interventions": """
            intervention | kind
            1            | individual
            2            | structural
        """,
        "head_counts": """
            intervention | year | source | women | men
            1            | 2020 | volume | 10    | 11
            2            | 2020 | volume | 40    | 41
        """,
    }
    individual(
        **given,
        expect="""
            year | source | sex   | heads
            2020 | volume | women | 10
            2020 | volume | men   | 11
        """,
    )
    structural(
        **given,
        expect="""
            year | source | sex   | heads
            2020 | volume | women | 40
            2020 | volume | men   | 41
        """,
    )
