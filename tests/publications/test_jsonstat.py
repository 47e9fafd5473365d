"""JSON-stat: a full cube that others can read, null with a mark where nothing may be shown, and 0 only of none."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from math import isnan, prod
from typing import Any

import pytest
from jsonstat_validator import validate_jsonstat
from pyjstat.pyjstat import Dataset

from finsam.disclosure.protect import Cell, Protected, Rule, Status
from finsam.publications.blocks import Tidy
from finsam.publications.formats.csv import csv_bytes
from finsam.publications.formats.jsonstat import jsonstat_bytes
from finsam.values.keys import Sum, written
from tests.publications.invented import COLUMNS, HIDDEN, MISSING, PARTICIPANTS, SHARES, WORDS

# pyjstat says so of a function that it calls itself.
pytestmark = pytest.mark.filterwarnings("ignore:Shouldn't use this function anymore:DeprecationWarning")

Shown = tuple[int | float | None, str]  # a value and its mark
KEPT = Cell(17, Status.KEPT, edition="2019:1")
ONLY_ITS_OWN = Protected(
    "interventions",
    ("year", "association", "intervention"),
    ("identified", "anonymous"),
    {
        ("2020", "01", "7"): (Cell(12), Cell(0)),
        ("2020", "02", "8"): (HIDDEN, MISSING),
        ("2020", "01", Sum.TOTAL): (Cell(12), Cell(0)),
        ("2020", "02", Sum.TOTAL): (Cell(20, base=5), KEPT),
    },
)
TABLES = {
    "participants": Tidy(PARTICIPANTS, "Påhittade deltagare", COLUMNS, WORDS),
    "shares": Tidy(SHARES, "Påhittade andelar", COLUMNS, WORDS),
    "interventions": Tidy(ONLY_ITS_OWN, "Påhittade insatser", {}, {"intervention": {"8": "Åtta", "7": "Sju"}}),
}


def made(cells, dimensions, figures=("persons",), words=None) -> Tidy:
    """A table of such cells."""
    return Tidy(Protected("t", dimensions, figures, cells), "Påhittat", COLUMNS, words or {})


def single(cell: Cell, figure: str = "persons") -> Tidy:
    """A table of one cell."""
    return made({("2020",): (cell,)}, ("year",), (figure,))


def text(tidy: Tidy, **more) -> str:
    return jsonstat_bytes(tidy, **{"source": "Påhittat", "updated": "2021-01-31", "language": "sv"} | more).decode()


def told(tidy: Tidy, **more) -> dict[str, Any]:
    return json.loads(text(tidy, **more))


def only(tidy: Tidy) -> Shown:
    """The value and the mark of a table of one cell."""
    whole = told(tidy)
    [value], [mark] = whole["value"], whole["status"]
    return value, mark


def at(whole: dict[str, Any], **codes: str) -> Shown:
    """The value and the mark where the codes meet, by the words of the format: the last dimension changes first."""
    place = 0
    for name, size in zip(whole["id"], whole["size"], strict=True):
        place = place * size + whole["dimension"][name]["category"]["index"].index(codes[name])
    return whole["value"][place], whole["status"][place]


def codes(whole: dict[str, Any], name: str) -> list[str]:
    return whole["dimension"][name]["category"]["index"]


@pytest.mark.parametrize("cell", [HIDDEN, Cell(3, Status.SUPPRESSED), Cell(Fraction(3), Status.SUPPRESSED)])
def test_a_hidden_cell_is_null_and_never_a_number(cell):
    assert only(single(cell)) == (None, "..")


@pytest.mark.parametrize("cell", [MISSING, Cell(3, Status.MISSING), Cell(None), Cell(None, Status.KEPT)])
def test_what_nobody_registered_is_null_with_a_mark_of_its_own(cell):
    assert only(single(cell)) == (None, ".")


@pytest.mark.parametrize("cell", [Cell(0), Cell(Fraction(0))])
def test_zero_is_zero_and_unmarked(cell):
    value, mark = only(single(cell))
    assert value == 0
    assert value is not None
    assert mark == ""


def test_what_is_kept_is_shown_as_printed_and_says_so():
    assert only(single(KEPT)) == (17, "†")


def test_a_rounded_figure_says_to_the_nearest_of_what():
    assert only(single(Cell(15, base=5))) == (15, "≈5")
    assert only(single(Cell(0, base=11))) == (0, "≈11")


def test_what_is_both_kept_and_rounded_says_both():
    assert only(single(replace(KEPT, base=17))) == (17, "†≈17")


def test_years_that_are_rounded_otherwise_have_marks_of_their_own():
    cells = {("2019",): (Cell(15, base=5),), ("2020",): (Cell(22, base=11),), ("2021",): (Cell(23),)}
    whole = told(made(cells, ("year",)))
    assert (whole["value"], whole["status"]) == ([15, 22, 23], ["≈5", "≈11", ""])
    assert list(whole["extension"]["status"]) == ["≈5", "≈11"]


def test_two_dimensions_cross_with_the_columns_last():
    cells = {
        (year, sex): (Cell(number), Cell(-number))
        for number, (year, sex) in enumerate([("2020", "men"), ("2019", "women"), ("2019", "men"), ("2020", "women")])
    }
    whole = told(made(cells, ("year", "sex"), ("new", "change"), WORDS))
    assert whole["id"] == ["year", "sex", "measure"]
    assert whole["size"] == [2, 2, 2]
    assert whole["value"] == [1, -1, 2, -2, 3, -3, 0, 0]  # 2019 women, 2019 men, 2020 women, 2020 men


def test_what_the_table_has_no_key_for_is_null_and_neither_hidden_nor_zero():
    whole = told(TABLES["interventions"])
    assert at(whole, year="2020", association="01", intervention="8", measure="identified") == (None, "z")
    assert at(whole, year="2020", association="02", intervention="7", measure="anonymous") == (None, "z")
    assert at(whole, year="2020", association="02", intervention="8", measure="identified") == (None, "..")
    assert at(whole, year="2020", association="02", intervention="8", measure="anonymous") == (None, ".")
    assert at(whole, year="2020", association="01", intervention="7", measure="anonymous") == (0, "")


@pytest.mark.parametrize("name", TABLES)
def test_values_and_marks_are_whole_arrays_and_each_null_has_its_mark(name):
    whole = told(TABLES[name])
    assert len(whole["value"]) == len(whole["status"]) == prod(whole["size"])
    assert [value is None for value in whole["value"]] == [mark in {"..", ".", "z"} for mark in whole["status"]]
    assert "-" not in whole["status"]


@pytest.mark.parametrize("name", TABLES)
def test_every_mark_that_occurs_is_explained_and_no_other(name):
    whole = told(TABLES[name])
    assert set(whole["extension"]["status"]) == set(whole["status"]) - {""}
    assert all(whole["extension"]["status"].values())


def test_marks_are_explained_in_the_language():
    assert told(single(HIDDEN), language="sv")["extension"]["status"][".."].startswith("antalet är dolt")
    english = told(single(replace(KEPT, base=5)), language="en")
    assert english["extension"]["language"] == "en"
    assert english["extension"]["status"]["†≈5"].endswith("The figures are rounded to the nearest 5.")
    assert english["dimension"]["measure"]["label"] == "Measure"


@pytest.mark.parametrize("name", TABLES)
def test_a_validator_of_the_format_finds_no_fault(name):
    said = {"note": ["Alla tal är påhittade."], "rule": Rule(), "extension": {"table": name}}
    assert validate_jsonstat(told(TABLES[name], **said))
    assert validate_jsonstat(told(TABLES[name]))


def frame(tidy: Tidy, what: str) -> dict[tuple[str, ...], Any]:
    """What another's reader makes of the file: value or status by the codes of all dimensions."""
    rows = Dataset.read(text(tidy)).write("dataframe", naming="id", value=what).itertuples(index=False)
    return {tuple(row[:-1]): row[-1] for row in rows}


def printed(table: Protected) -> dict[tuple[str, ...], str]:
    """The figures as the CSV file has them, by the same codes; empty where none is shown."""
    _heading, *lines = csv.reader(io.StringIO(csv_bytes(table).decode()))
    ends = len(table.dimensions)
    return {
        (*line[:ends], figure): number
        for line in lines
        for figure, number in zip(table.figures, line[ends:], strict=False)
    }


@pytest.mark.parametrize("name", TABLES)
def test_another_reader_finds_each_number_of_the_table_and_no_other(name):
    read_back = {place: value for place, value in frame(TABLES[name], "value").items() if not isnan(value)}
    assert read_back == {place: float(number) for place, number in printed(TABLES[name].table).items() if number}


@pytest.mark.parametrize("name", TABLES)
def test_another_reader_finds_the_marks(name):
    table = TABLES[name].table
    kinds = {Status.SUPPRESSED: "..", Status.MISSING: ".", Status.KEPT: "†", Status.OK: ""}
    marks = {
        (*map(written, key), figure): f"≈{cell.base}" if cell.base else kinds[cell.status]
        for key, row in table.cells.items()
        for figure, cell in zip(table.figures, row, strict=True)
    }
    read_back = frame(TABLES[name], "status")
    assert read_back == dict.fromkeys(read_back, "z") | marks


def test_shares_are_rounded_as_everywhere_and_in_percent():
    whole = told(TABLES["shares"])
    assert at(whole, year="2016", sex="men", measure="percent") == (29, "")
    assert at(whole, year="2020", sex="men", measure="percent") == (0.5, "")
    assert '"value":[71,1911,29,1911,' in text(TABLES["shares"])
    units = whole["dimension"]["measure"]["category"]["unit"]
    assert units == {"percent": {"decimals": 1, "symbol": "%", "position": "end"}, "base": {"decimals": 0}}


def test_shares_that_are_all_hidden_are_still_percent():
    category = told(single(HIDDEN, "percent"))["dimension"]["measure"]["category"]
    assert category["unit"]["percent"] == {"decimals": 0, "symbol": "%", "position": "end"}


def test_time_places_and_measures_have_their_roles():
    names = ("year", "quarter", "association", "county", "municipality", "sex", "intervention", "party")
    roles = told(made({("2020", *"1234567"): (Cell(1),)}, names))["role"]
    assert roles == {
        "time": ["year", "quarter"],
        "geo": ["association", "county", "municipality"],
        "metric": ["measure"],
    }
    assert "geo" not in told(TABLES["shares"])["role"]


def test_codes_stand_as_their_words_do_with_sums_and_the_total_last():
    stated = {Sum.TOTAL: "Alla", Sum.NOT_STATED: "Uppgift saknas", "c": "Först", "a": "Sedan", "gone": "Ingen"}
    cells = {("2020", code): (Cell(1),) for code in ("a", "b", "c", Sum.TOTAL, Sum.NOT_STATED)}
    whole = told(made(cells, ("year", "group"), words={"group": stated}))
    assert codes(whole, "group") == ["c", "a", "b", "not_stated", "total"]
    assert whole["dimension"]["group"]["category"]["label"] == {
        "c": "Först",
        "a": "Sedan",
        "b": "b",
        "not_stated": "Uppgift saknas",
        "total": "Alla",
    }


def test_years_stand_in_time():
    assert codes(told(TABLES["participants"]), "year") == ["2016", "2017", "2018", "2019", "2020"]


def test_a_code_that_is_spelled_as_a_sum_is_not_taken_for_it():
    cells = {("total",): (Cell(1),), (Sum.TOTAL,): (Cell(2),)}
    whole = told(made(cells, ("group",)))
    assert (codes(whole, "group"), whole["value"]) == (["~total", "total"], [1, 2])


def test_a_table_with_a_dimension_of_the_name_of_the_columns_is_refused():
    with pytest.raises(ValueError, match="measure"):
        text(made({("a",): (Cell(1),)}, ("measure",)))


def test_the_file_tells_its_source_its_rule_and_what_it_repeats():
    whole = told(TABLES["interventions"], note=["Påhittat."], rule=Rule(), extension={"edition": "2020:2"})
    assert (whole["version"], whole["class"]) == ("2.0", "dataset")
    assert (whole["label"], whole["source"], whole["updated"]) == ("Påhittade insatser", "Påhittat", "2021-01-31")
    assert whole["note"] == ["Påhittat."]
    assert whole["extension"]["edition"] == "2020:2"
    assert whole["extension"]["rule"] == {"threshold": 5, "zeros_published": True, "least_group": 10}
    assert whole["extension"]["editions"] == ["2019:1"]
    assert not {"rule", "editions"} & set(told(TABLES["shares"])["extension"])


def test_the_bytes_are_compact_and_do_not_depend_on_the_order_of_the_cells():
    tidy = TABLES["interventions"]
    turned = replace(tidy, table=replace(ONLY_ITS_OWN, cells=dict(reversed(list(ONLY_ITS_OWN.cells.items())))))
    assert text(tidy) == text(turned)
    assert "Åtta" in text(tidy)
    assert json.dumps(told(tidy), ensure_ascii=False, separators=(",", ":")) == text(tidy)
