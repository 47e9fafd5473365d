"""A home that has a code called as a sum or a group gets the figures of one where it is called something else."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

import pytest

from finsam.disclosure.cells import TOTAL, Cell, Key, Rule
from finsam.editions.provenance import provenance
from finsam.editions.stored.content import Content, Inputs, read, written
from finsam.publications.blocks import Publication
from finsam.publications.formats.csv import csv_bytes
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.reports.special.question import Question
from finsam.snapshots.folders import canonical
from finsam.statistics.tables.tables import Tables
from finsam.values import keys
from finsam.values.codes import names
from finsam.values.codes.supports import REPORTED
from finsam.values.keys import Sum, joined, parted
from tests.snapshots.leavers import AS_OF, Leavers
from tests.snapshots.populations import Denominator
from tests.table_builder.populations import let_out, new_question
from tests.tables import CODES, tables

INNOCENT: Final = "an_own_code"
PLANTED: Final = sorted((names.RESERVED | REPORTED.keys()) - CODES["support"].keys())
FREE: Final = {"need_group": "mental_ill_health", "support": "social_assistance", "education": "compulsory"}
OWN: Final = ("direction", "occupation", "end_reason")  # a code is added to these
WORDS: Final = {"sv": "Något eget", "en": "Something of our own"}


def called(word: str) -> dict[str, dict[str, int]]:
    """The code lists in which a code of each is called so."""
    codes = dict(CODES)
    for name, free in FREE.items():
        codes[name] = {word if code == free else code: number for code, number in CODES[name].items()}
    for name in OWN:
        codes[name] = {**CODES[name], word: len(CODES[name]) + 1}
    return codes


@cache
def population() -> Tables:
    """So many that nothing is hidden, some with a code of each list that may be called anything."""
    found = Leavers()
    own = {name: len(CODES[name]) + 1 for name in OWN}
    for sex in ("women", "men"):
        for intervention in (1, 2, 3):
            there: dict[str, Any] = {"sex": sex, "intervention": intervention, "municipality": 1}
            found.add(40, before=["social_assistance"], after=["none"], occupation_at_end="work", **there)
            found.add(
                30, before=["sickness_cash_benefit"], after=["social_assistance"], education="compulsory",
                occupation_at_start=own["occupation"], occupation_at_end=own["occupation"], **there,
            )  # fmt: skip
            found.add(20, end_reason=own["end_reason"], starts_on="2019-03-01", **there)
    texts = found.texts() | {
        "interventions": "intervention | association | kind | direction\n"
        f"1 | 1 | individual | {own['direction']}\n2 | 2 | structural | mapping\n3 | 1 | individual | preventive\n"
        "4 | 1 | individual | preventive\n5 | 2 | individual | preventive\n6 | 2 | structural | training",
        "target_groups": "intervention | need_group\n1 | mental_ill_health\n1 | long_term_sick\n4 | long_term_sick",
    }
    return tables(**texts)


def snapshot(word: str) -> Tables:
    """The population with its codes called so, and the same words for people."""
    labels = {name: {word: WORDS} for name in (*FREE, *OWN)}
    return replace(population(), codes=called(word), labels=labels)


@cache
def reported(report: str, word: str) -> Publication:
    """The report of the population."""
    return REPORTS[report].compute(
        Source(snapshot(word), 2020, Rule(), "2021-01-31-000000000000", AS_OF, recipients=[Denominator()])
    )


def cells(made: Publication) -> Mapping[str, Mapping[Key, tuple[Cell, ...]]]:
    """All figures of a report."""
    return {tidy.table.name: tidy.table.cells for tidy in made.tables}


@pytest.mark.parametrize("report", ["national-annual", "national-results"])
@pytest.mark.parametrize("word", PLANTED)
def test_a_report_is_the_same_whatever_a_code_is_called(report: str, word: str) -> None:
    expected, found = reported(report, INNOCENT), reported(report, word)
    assert (found.lead, found.blocks) == (expected.lead, expected.blocks)
    for one, other in zip(expected.tables, found.tables, strict=True):
        assert other.table.cells == {
            tuple(word if code == INNOCENT else code for code in key): row for key, row in one.table.cells.items()
        }, one.table.name
        said = [[tidy.row(key) for key in tidy.table.cells] for tidy in (one, other)]
        assert sorted(said[0]) == sorted(said[1])
    assert {code for table in cells(found).values() for key in table for code in key} >= {word, Sum.TOTAL}


def test_a_need_group_called_total_leaves_the_national_total_as_it_is() -> None:
    table = cells(reported("national-annual", "total"))["interventions"]
    assert table["2020", TOTAL, TOTAL, TOTAL][0].value == 6
    assert table["2020", "total", TOTAL, TOTAL][0].value == 1
    assert table["2020", TOTAL, "individual", "total"][0].value == 1
    assert table["2020", Sum.PRIORITISED, TOTAL, TOTAL][0].value == 2


def edition(made: Publication) -> Content:
    """An edition that holds the report."""
    inputs = Inputs("national-annual", 2020, "sv", made.snapshot_id, "a", AS_OF, Rule(), "finsam 0")
    return Content(inputs, made, (), (), {"leaks": ()})


@pytest.mark.parametrize("word", PLANTED)
def test_an_edition_tells_the_code_and_the_sum_apart_when_it_is_read_and_in_its_addresses_and_files(word: str) -> None:
    before = edition(reported("national-annual", word))
    held = canonical(written(before))
    back = read(before.inputs.facts(), json.loads(held))
    assert back.publication == before.publication
    assert canonical(written(back)) == held
    (tidy,) = (one for one in back.publication.tables if one.table.name == "interventions")
    table = tidy.table
    for key in table.cells:
        assert parted(joined(key)) == key
        row = provenance(back.inputs, tidy, parted(joined(key)))
        assert row is not None
        assert [cell for _, cell in row.figures] == list(table.cells[key])
    lines = list(csv.reader(io.StringIO(csv_bytes(table).decode())))
    places = [tuple(line[:4]) for line in lines]
    assert len(set(places)) == len(places)


def test_an_edition_that_was_published_before_words_belonged_to_dimensions_is_read() -> None:
    made = reported("national-annual", INNOCENT)
    before = edition(replace(made, tables=tuple(tidy for tidy in made.tables if tidy.table.name == "totals")))
    held = json.loads(canonical(written(before)))
    (tidy,) = held["publication"]["tables"]
    del tidy["columns"], tidy["words"]
    words = {"year": "År", "figure": "Registrering", "persons": "Personer", "total": "Totalt", "volume": "Volym"}
    tidy["labels"] = {"is": "map", "of": [[code, label] for code, label in sorted(words.items())]}
    (back,) = read(before.inputs.facts(), held).publication.tables
    assert back.table == before.tables[0]
    assert back.row(("2020", "volume", TOTAL)) == ["2020", "Volym", "Totalt"]
    assert back.columns == {"year": "År", "figure": "Registrering", "persons": "Personer"}


@pytest.mark.parametrize("word", PLANTED)
def test_a_special_edition_tells_the_code_and_the_sum_apart(word: str) -> None:
    made = let_out(new_question("interventions", by=("target_group",)), snapshot(word))
    (tidy,) = made.tables
    assert tidy.table.cells["2020", word][0].value == 1
    assert tidy.table.cells["2020", TOTAL][0].value == 6
    assert tidy.of("target_group", word) == WORDS["sv"]
    assert tidy.of("target_group", TOTAL) == "Totalt"


@pytest.mark.parametrize("word", PLANTED)
def test_a_question_can_be_of_the_code_alone(word: str) -> None:
    question = new_question("interventions", by=("kind",), target_group=keys.written(word))
    assert question.where == (("target_group", word),)
    assert Question.read(json.loads(question.key)) == question
    (tidy,) = let_out(question, snapshot(word)).tables
    assert tidy.table.cells["2020", TOTAL][0].value == 1
