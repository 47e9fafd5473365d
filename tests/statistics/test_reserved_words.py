"""No code is taken for a sum or a group, whatever it is called: each word is planted as a code and changes nothing."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import ibis.expr.types as ir
import pytest
from hypothesis import given
from hypothesis import strategies as st

import finsam
from finsam.disclosure.cells import Counts, Key
from finsam.statistics.figures.cube import Cube, Question
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.tables import Codes, Tables
from finsam.values.codes import LISTS, names
from finsam.values.codes.supports import REPORTED
from finsam.values.keys import WORDS, Code, Sum, joined, parted, read, written
from tests.statistics.populations import YEARS, batch
from tests.tables import CODES

INNOCENT: Final = "an_own_code"
PLANTED: Final = sorted(names.RESERVED | REPORTED.keys())
# In each list a code that no figure asks for by name. The kinds have none: there the word is one kind more.
FREE: Final = {
    "direction": "mapping",
    "method": "numbers_only",
    "need_group": "mental_ill_health",
    "support": "none",
    "education": "compulsory",
    "end_reason": "completed",
    "occupation": "job_seeking",
}
# Columns of files, and what a sentence is filled in with: none is in a key.
OF_FILES_AND_SENTENCES: Final = {"statistics/checks/consistency.py", "statistics/checks/table_files.py"}
CODED: Final = tuple(name for name, one in DIMENSIONS.items() if one.code_list and one.code_list != "sex")


def called(list_key: str, word: str) -> Codes:
    """The code lists in which one code of a list is called something else."""
    numbers = {code: number for code, number in CODES[list_key].items() if code != FREE.get(list_key)}
    return CODES | {list_key: {**numbers, word: CODES[list_key].get(FREE.get(list_key, ""), len(numbers) + 1)}}


@cache
def population() -> Tables:
    """Small populations together."""
    return batch(15).tables()


@cache
def asked(figure: str, dimension: str) -> list[list[dict[str, Any]]]:
    """What the tables give to a question, in the order it asks; what codes are called is no part of that."""
    given: list[list[dict[str, Any]]] = []

    def keep(expression: ir.Table) -> list[dict[str, Any]]:
        given.append(expression.to_pyarrow().to_pylist())
        return given[-1]

    Cube(question(figure, dimension), population(), keep).counts("t")
    return given


def question(figure: str, dimension: str) -> Question:
    """A figure by a dimension."""
    return Question(FIGURES[figure], YEARS, (dimension,))


@cache
def counted(figure: str, dimension: str, list_key: str, word: str) -> Counts:
    """The figure where a code is called something else."""
    given, tables = iter(asked(figure, dimension)), replace(population(), codes=called(list_key, word))
    return Cube(question(figure, dimension), tables, lambda _: next(given)).counts("t")


def pairs() -> Iterator[tuple[str, str]]:
    """A figure for every dimension that has a list of codes; two, where parts add up for one unit alone."""
    for dimension in CODED:
        having = [name for name in ("persons_ongoing", "participations_ended", "interventions")
                  if dimension in FIGURES[name].dimensions]  # fmt: skip
        yield from ((figure, dimension) for figure in having[:2])


@pytest.mark.parametrize("word", PLANTED)
def test_a_code_that_is_called_as_a_sum_or_a_group_changes_no_figure(word: str) -> None:
    for figure, dimension in pairs():
        list_key = DIMENSIONS[dimension].code_list
        if word in CODES[list_key]:
            continue
        expected, found = (counted(figure, dimension, list_key, name).cells for name in (INNOCENT, word))
        names_of: dict[Code, Code] = {INNOCENT: word}
        renamed = {tuple(names_of.get(code, code) for code in key): row for key, row in expected.items()}
        assert found == renamed, (figure, dimension)
        assert list(found) == list(renamed)


def test_every_list_of_codes_is_tried() -> None:
    assert {DIMENSIONS[dimension].code_list for _, dimension in pairs()} == set(LISTS) - {"given_by"}


@pytest.mark.parametrize("word", PLANTED)
def test_a_word_and_the_sum_it_names_are_two_things(word: str) -> None:
    sums: dict[Code, int] = dict.fromkeys(Sum, 0)
    assert word not in sums
    assert read(written(word)) == word


KEYS = st.lists(st.one_of(st.sampled_from(Sum), st.sampled_from(PLANTED), st.text(alphabet="~/01tao")), min_size=1)


@given(KEYS)
def test_every_key_is_written_in_one_way_and_read_back(codes: list[Code]) -> None:
    key: Key = tuple(codes)
    assert parted(joined(key)) == key
    assert [read(written(code)) for code in codes] == codes


@given(st.lists(st.one_of(st.sampled_from(Sum), st.sampled_from(PLANTED), st.text(alphabet="tal~"))))
def test_sums_are_sorted_as_their_words_after_codes_that_are_spelled_so(codes: list[Code]) -> None:
    spelled = [(code.value, 1) if isinstance(code, Sum) else (code, 0) for code in codes]
    assert sorted(codes) == [code for _, code in sorted(zip(spelled, codes, strict=True), key=lambda pair: pair[0])]
    assert all((a <= b) is (b >= a) and (a < b) is (b > a) for a in codes for b in codes)


def test_no_sum_is_spelled_out_where_figures_are_counted_and_shown() -> None:
    """Whoever writes the word instead of the value would find the code, or nothing."""
    home = Path(finsam.__file__).parent
    found = [
        (path.relative_to(home).as_posix(), node.lineno)
        for room in (
            "disclosure",
            "statistics",
            "publications",
            "snapshots",
            "reports",
            "editions",
            "late",
            "table_builder",
        )
        for path in sorted((home / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in WORDS
    ]
    assert [(place, line) for place, line in found if place not in OF_FILES_AND_SENTENCES] == []
