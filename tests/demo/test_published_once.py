"""The demo's five years of both reports, published one beside the other, and corrected: no hidden figure comes out."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from finsam.demo.users import PUBLISHER
from finsam.reports.registry import REPORTS
from tests.cli.homes import Home
from tests.demo.test_home import LATER, take

pytestmark = [pytest.mark.slow, pytest.mark.participants]

YEARS = range(2016, 2021)
ORDER = 3  # a seed: neither by year nor by report
KEYS = ("national-annual", "national-results")
SHOWN, FEW = {"ok", "kept"}, range(1, 5)
FIGURES = {"persons", "participations", "ended", "active", "began", "increased", "gained", "still_in"}
BESIDE = {"status", "edition", "rounded_to"}
Cells = dict[tuple[str, ...], tuple[str, str]]  # table, codes and figure -> the number and its status


def publish(demo: Home, made: str) -> str:
    for step in ("review", "publish"):
        done = demo.run("edition", step, made, "--as", PUBLISHER.email)
        assert not done.returncode, done.stderr
    attacked = demo.run("attack")
    assert (attacked.returncode, attacked.stdout) == (0, "")
    return made


def compiled(demo: Home, *how: str) -> str:
    made = demo.run("edition", *how)
    assert not made.returncode, made.stderr
    return made.stdout.strip()


def cells(folder: Path, tables: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    """Read the counts of tables, each by its table, codes and figure."""
    for name in tables:
        with (folder / "csv" / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                codes = [value for one, value in row.items() if one not in FIGURES | BESIDE]
                yield from (((name, *codes, one), (row[one], row["status"])) for one in FIGURES & row.keys())


def corrected(demo: Home, old: str, later: str, tables: tuple[str, ...]) -> str:
    """Publish a correction of all tables of an edition; of a year in which no figure changes there is none."""
    named = [word for name in tables for word in ("--table", name)]
    made = demo.run("edition", "replace", old, "--reason", "Prov.", "--snapshot", later, *named)
    if made.returncode:
        assert "Rättelsen ändrar ingen siffra som visas." in made.stderr
        return ""
    return publish(demo, made.stdout.strip())


def test_five_years_and_their_corrections_in_any_order_give_no_hidden_figure_away(demo: Home) -> None:
    editions = {
        (key, year): publish(demo, compiled(demo, "compile", "--report", key, "--year", str(year)))
        for year in YEARS
        for key in KEYS
    }
    later = take(demo, LATER)
    for key, year in Random(ORDER).sample(list(editions), len(editions)):
        tables = tuple(
            one.name for one in REPORTS[key].tables.tables if not one.made_of and one.name != "interventions"
        )
        old = editions[key, year]
        new = corrected(demo, old, later, tables)
        assert new or year < YEARS[-1]
        if not new:
            continue
        before, after = (dict(cells(demo.folder / "editions" / one, tables)) for one in (old, new))
        shown = {at for at, (_, status) in before.items() if status in SHOWN}
        still = [at for at in shown if at in after and after[at][1] in SHOWN]
        assert len(still) >= 0.9 * len(shown), (key, year)
        changes = {at: int(after[at][0]) - int(before[at][0]) for at in still}
        assert any(changes.values())
        assert not [at for at, change in changes.items() if abs(change) in FEW and is_small(at, before, changes)]


def is_small(at: tuple[str, ...], before: Cells, changes: dict[tuple[str, ...], int]) -> bool:
    """Tell whether a change of a few says something of them: not in a large cell of the nation."""
    local = at[0] in {"counties", "associations"} and "total" not in at[2:3]
    return local or int(before[at][0]) < 100 or at not in changes
