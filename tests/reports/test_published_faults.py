"""The faults of the published report that docs/statistics/published-faults.md lists, recomputed."""

from pathlib import Path

from finsam.values.shares import percent, rounded
from tests.reports.published import rows

PAGE = (Path(__file__).parents[2] / "docs" / "statistics" / "published-faults.md").read_text(encoding="utf-8")


def test_every_printed_total_that_is_not_the_sum_is_listed_and_no_other() -> None:
    wrong = [
        (row["year"], int(row["women"]) + int(row["men"]), int(row["published_total"]))
        for row in rows("participants_2016_2020")
        if int(row["women"]) + int(row["men"]) != int(row["published_total"])
    ]
    assert wrong == [("2016", 1011, 1021), ("2018", 4155, 4146)]
    for year, ours, printed in wrong:
        ending = f"{ours:,} | {printed:,} |".replace(",", " ")
        assert [line for line in PAGE.splitlines() if line.startswith(f"| {year} ") and line.endswith(ending)]


def test_the_sentences_do_not_fit_the_tables() -> None:
    cells = {
        (row["flow"], row["support"]): int(row["women"]) + int(row["men"])
        for row in rows("participants_2016_2020")
        if row["year"] == "2020"
    }
    sick, young = (cells["ongoing", support] for support in ("sickness_benefit", "activity_compensation"))
    (identified,) = (
        int(r["value"]) for r in rows("national_totals") if r["figure"] == "participants_with_personal_data"
    )
    shares = [
        percent(cells["new", "sickness_benefit"], sick),
        percent(cells["new", "activity_compensation"], young),
        percent(young, identified),
        percent(sick, identified),
    ]
    assert [rounded(share) for share in shares if share is not None] == [55, 45, 9, 20]
