"""Tables that lie are refused by a sentence, or read as what they are; of a linkage nobody's content is in it."""

import io
import random
import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from finsam.codes import actions as code_actions
from finsam.codes.models import Code
from finsam.editions import consistency
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots.models import Denominator
from finsam.values import divided, sheets
from finsam.values.sentences import SentenceError
from tests import factories
from tests.fuzz import tables

TIMES, SHEETS = 50, 20


def codes(content: bytes) -> None:
    code_actions.import_rows(actor=factories.operator(), content=content)


def denominators(content: bytes) -> None:
    snapshot_actions.import_denominators(actor=factories.operator(), content=content)


def linkage(content: bytes) -> None:
    from finsam.participants import returned

    returned.read(divided.utf8_lines(io.BytesIO(content)))


DOORS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "codes import": (codes, tables.CODES),
    "denominators import": (denominators, tables.DENOMINATORS),
    "check-table": (consistency.check_table, tables.PUBLISHED),
}


def is_refused(door: Callable[[bytes], object], content: bytes) -> str:
    """Hand a file in; gives the sentence it is refused with, or nothing."""
    try:
        with transaction.atomic():
            door(content)
            transaction.set_rollback(True)
    except ValidationError as fault:
        return " ".join(fault.messages) or "Traceback"
    return ""


def all_of(name: str, door: Callable[[bytes], object], content: bytes) -> list[str]:
    assert not is_refused(door, content)
    draw = random.Random(name)
    said = [is_refused(door, tables.text(draw, content)) for _ in range(TIMES)]
    assert "Traceback" not in said
    print(f"\n{name}: {TIMES} files, {sum(map(bool, said))} refused")
    return said


def kept() -> list[object]:
    """What these files are read into."""
    return [*Code.objects.order_by("pk").values_list(), *Denominator.objects.order_by("pk").values_list()]


@pytest.mark.parametrize("name", DOORS)
def test_a_table_that_lies_is_refused_by_a_sentence_and_changes_nothing(db: None, name: str) -> None:
    before = kept()
    assert sum(map(bool, all_of(name, *DOORS[name]))) > TIMES / 4
    assert kept() == before


@pytest.mark.participants
def test_what_another_agency_returns_is_refused_without_a_word_of_what_stands_in_it(db: None) -> None:
    said = all_of("link read", linkage, tables.RETURNED)
    assert sum(map(bool, said)) > TIMES / 2
    assert not [one for one in said if "0" * 20 in one or "F32" in one]


def test_a_spreadsheet_that_lies_is_refused_by_a_sentence() -> None:
    draw, refused = random.Random(5), 0
    real = tables.spreadsheet(tables.DENOMINATORS)
    assert [line.fields for line in sheets.lines(real)] == [line.fields for line in sheets.lines(tables.DENOMINATORS)]
    for _ in range(SHEETS):
        try:
            sheets.lines(tables.sheet(draw, real))
        except SentenceError:
            refused += 1
    print(f"\nspreadsheets: {SHEETS} files, {refused} refused")
    assert refused > SHEETS / 4


def test_a_spreadsheet_of_seventeen_thousand_million_cells_is_refused() -> None:
    with pytest.raises(SentenceError, match="för stort"):
        sheets.lines(tables.far(tables.spreadsheet(tables.DENOMINATORS)))


def test_a_table_of_nothing_but_wholes_is_read_in_the_time_of_any_other() -> None:
    """Each of ten thousand rows was compared with all the others, which took minutes."""
    content = b"name;women;men;total\n" + b"Totalt;1;2;3\n" * 10_000
    begun = time.process_time()
    assert consistency.check_table(content) == []
    assert time.process_time() - begun < 15
