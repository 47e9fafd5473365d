"""The published figures, and where a publication differs from them."""

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Cell, Protected
from finsam.publications.blocks import Publication
from finsam.values.keys import Code, Sum
from finsam.values.shares import change, percent, rounded

REFERENCE = Path(__file__).parents[1] / "reference"
YEARS = (2019, 2020)  # the years of national_totals.csv that the report is about


def rows(name: str) -> list[dict[str, str]]:
    """Read one of the published tables."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def differences(publication: Publication) -> list[str]:
    """List every published figure that the publication of 2020 does not give back exactly."""
    tables = {tidy.table.name: tidy.table for tidy in publication.tables}
    checks = (*_participants(tables), *_shares(tables), *_totals(tables), *_need_groups(tables))
    return [f"{name}: {found} instead of {wanted}" for name, found, wanted in checks if found != wanted]


Check = tuple[str, Fraction | int | str | None, Fraction | int | str | None]


def _participants(tables: dict[str, Protected]) -> Iterator[Check]:
    for row in rows("participants_2016_2020"):
        key = (row["year"], row["flow"], row["support"])
        wanted = {"women": int(row["women"]), "men": int(row["men"])}
        for sex, number in (wanted | {TOTAL: sum(wanted.values())}).items():
            yield f"participants {key} {sex}", tables["participants"].cells[*key, sex][0].value, number


def _shares(tables: dict[str, Protected]) -> Iterator[Check]:
    for row in rows("shares_2016_2020"):
        key = (row["year"], row["flow"], row["support"])
        for sex in ("women", "men"):
            cell = tables["shares"].cells[*key, sex][0]
            yield f"shares {key} {sex}", _rounded(cell.value), int(row[f"{sex}_percent"])


def _totals(tables: dict[str, Protected]) -> Iterator[Check]:
    for row in rows("national_totals"):
        if int(row["year"]) in YEARS:
            name = f"{row['figure']} {row['year']}"
            yield name, _total(tables, row["figure"], row["year"]), Fraction(row["value"])


def _total(tables: dict[str, Protected], figure: str, year: str) -> Fraction | int | None:
    def people(name: str, sex: Code = TOTAL, at: str = year) -> int:
        return _whole(tables["totals"].cells[at, name, sex][0])

    def things(group: Code = TOTAL, kind: Code = TOTAL) -> int:
        return _whole(tables["interventions"].cells[year, group, kind, TOTAL][0])

    if figure.startswith(("recipients_", "share_of_recipients_")):
        support = figure.removeprefix("share_of_").removeprefix("recipients_").removesuffix("_percent")
        _, recipients, part = tables["recipients"].cells[year, support]
        return _rounded(part.value) if figure.startswith("share") else recipients.value
    identified = "participants_with_personal_data"
    found = {
        "participants_total": lambda: people("participants"),
        identified: lambda: people("identified"),
        f"{identified}_women_percent": lambda: _rounded(percent(people("identified", "women"), people("identified"))),
        f"{identified}_men_percent": lambda: _rounded(percent(people("identified", "men"), people("identified"))),
        f"change_{identified}_percent": lambda: _rounded(
            change(people("identified", at=str(int(year) - 1)), people("identified"))
        ),
        "measures_total": things,
        "measures_individual_percent": lambda: _rounded(percent(things(kind="individual"), things())),
        "measures_structural_percent": lambda: _rounded(percent(things(kind="structural"), things())),
        "measures_prioritised": lambda: things(Sum.PRIORITISED),
        "measures_prioritised_percent": lambda: _rounded(percent(things(Sum.PRIORITISED), things())),
    }
    return found[figure]()


def _need_groups(tables: dict[str, Protected]) -> Iterator[Check]:
    cells = tables["interventions"].cells
    for row in rows("measures_by_need_group"):
        year, group = row["year"], row["need_group"]
        every, individual = (cells[year, group, kind, TOTAL] for kind in (TOTAL, "individual"))
        name = f"{group} {year}"
        yield f"{name} measures", every[0].value, int(row["measures"])
        if row["associations"]:
            yield f"{name} associations", every[1].value, int(row["associations"])
        for kind in ("individual", "structural"):
            if row[f"{kind}_percent"]:
                part = percent(_whole(cells[year, group, kind, TOTAL][0]), _whole(every[0]))
                yield f"{name} {kind}", _rounded(part), int(row[f"{kind}_percent"])
        if row["most_common_direction"]:
            yield from _direction(name, row, tables["interventions"], _whole(individual[0]))


def _direction(name: str, row: dict[str, str], interventions: Protected, individual: int) -> Iterator[Check]:
    counts = {
        key[3]: _whole(cells[0])
        for key, cells in interventions.cells.items()
        if key[:3] == (row["year"], row["need_group"], "individual") and isinstance(key[3], str)
    }
    largest = max(counts, key=counts.__getitem__)
    yield f"{name} direction", largest, row["most_common_direction"]
    yield f"{name} its share", _rounded(percent(counts[largest], individual)), int(row["most_common_direction_percent"])


def _whole(cell: Cell) -> int:
    assert isinstance(cell.value, int), cell
    return cell.value


def _rounded(share: Fraction | int | None) -> Fraction | None:
    return None if share is None else rounded(Fraction(share))
