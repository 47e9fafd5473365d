"""What is stored comes back as it was, hangs together with what is published, and is found out when it leaks."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from finsam.disclosure.cells import SUPPRESSED, TOTAL, Cell, Counts, Key, Protected, Rule, placed
from finsam.disclosure.protect import NOTHING, Known, protect
from finsam.disclosure.relations import Address, Relation, adds_up, equals
from finsam.editions import consistency
from finsam.editions.stored import changes, linking, standing
from finsam.editions.stored.content import Content, Inputs, read, written
from finsam.publications.blocks import Heading, Paragraph, Publication, Tidy
from finsam.snapshots.folders import canonical
from tests.publications import invented

SUM = adds_up(*(Address("t", ("2020", sex)) for sex in (TOTAL, "women", "men")))


def table(women: Cell, men: Cell, total: Cell) -> Protected:
    cells: dict[Key, tuple[Cell, ...]] = {
        ("2020", "women"): (women,), ("2020", "men"): (men,), ("2020", TOTAL): (total,),
    }  # fmt: skip
    return placed(Protected("t", ("year", "sex"), ("persons",), cells, additive=frozenset({"sex"}), persons=True))


def content(shown: Protected, *, snapshot: str = "a", text: str = "", as_of: date = date(2021, 1, 31)) -> Content:
    inputs = Inputs("national-annual", 2020, "sv", f"2021-01-31-{snapshot}", snapshot, as_of, Rule(), "finsam 0")
    blocks = (Heading(2, "Påhittat"), Paragraph(text))
    tidy = (Tidy(shown, "Påhittad tabell", {}, {}),)
    publication = Publication(
        "national-annual", "Påhittad", 2020, "sv", inputs.snapshot, inputs.as_of, "", blocks, tidy, inputs.rule
    )
    return Content(inputs, publication, (), (SUM,), {"leaks": ()})


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_written_is_read_back_as_it_was(language: str) -> None:
    before = content(table(Cell(8), SUPPRESSED, Cell(12)))
    before = replace(before, publication=invented.publication(language), pattern=(Address("t", ("2020", "men")),))
    held = canonical(written(before))
    back = read(json.loads(canonical(before.inputs.facts())), json.loads(held))
    assert (back.publication, back.pattern, back.relations) == (before.publication, before.pattern, before.relations)
    assert back.inputs == before.inputs
    assert canonical(written(back)) == held


def test_a_cell_comes_back_with_where_it_stands() -> None:
    before = content(table(Cell(8), SUPPRESSED, Cell(12)))
    back = read(before.inputs.facts(), json.loads(canonical(written(before))))
    assert back.tables[0].cells["2020", "men"][0].at == Address("t", ("2020", "men"))


def test_a_hidden_cell_that_others_give_away_is_found() -> None:
    leaking = content(table(Cell(8), SUPPRESSED, Cell(12)))
    assert linking.attacked(leaking, []).leaks == ("t",)
    silent = content(table(SUPPRESSED, SUPPRESSED, Cell(12)))
    assert linking.attacked(silent, []).leaks == ()


def test_a_hidden_cell_that_an_older_edition_of_the_same_snapshot_gives_away_is_found() -> None:
    older, newer = content(table(Cell(8), SUPPRESSED, SUPPRESSED)), content(table(SUPPRESSED, SUPPRESSED, Cell(12)))
    assert linking.attacked(older, []).leaks == linking.attacked(newer, []).leaks == ()
    assert linking.attacked(newer, [("old", older)]).leaks
    assert not linking.attacked(replace(newer, inputs=replace(newer.inputs, snapshot_digest="b")), []).leaks


def test_cells_are_tied_to_the_newest_edition_of_another_snapshot_and_those_to_the_one_before() -> None:
    shown = table(Cell(8), Cell(7), Cell(15))
    first, second = content(shown, snapshot="a"), content(shown, snapshot="b")
    known = linking.known([("one", first), ("two", second)], "c", linking.addresses([shown]))
    at = Address("t", ("2020", "men"))
    assert known.revised[at] == at._replace(table="two:t")
    assert known.revised[at._replace(table="two:t")] == at._replace(table="one:t")


def test_the_gate_finds_each_kind_of_contradiction() -> None:
    wrong = content(table(Cell(8), Cell(7), Cell(16)), text="Det är 17 personer.")
    older = content(table(Cell(8), Cell(7), Cell(15)))
    outside = [consistency.Outside(Address("t", ("2020", "men")), Fraction(9), "Någon")]
    found = consistency.gate(wrong, older, outside)
    assert [one.kind.value for one in found] == ["sum", "sentence", "revision", "outside"]
    assert [one.stops for one in found] == [True, True, True, False]
    later = content(wrong.tables[0], as_of=date(2021, 3, 31))
    assert [one.kind.value for one in consistency.gate(later, older, [])] == ["sum"]
    assert not consistency.gate(older, None, [])


def test_the_gate_names_a_denominator_that_is_smaller_than_its_part() -> None:
    shown = Protected(
        "participants",
        ("year", "flow", "support", "sex"),
        ("persons",),
        {("2020", "ongoing", "activity_compensation", TOTAL): (Cell(11),)},
    )
    made = content(shown)
    for recipients, expected in ((10, 1), (11, 0)):
        rows = ((2020, "activity_compensation", recipients, "K", "2021-01-31"),)
        tried = replace(made, inputs=replace(made.inputs, recipients=rows), relations=())
        found = consistency.gate(tried, None, [])
        assert [one.row for one in found] == ["recipients 2020,activity_compensation recipients"] * expected
        assert not any(one.stops for one in found)
        assert all(one.sentence.startswith("11 är fler än 10 i hela landet enligt K.") for one in found)


def test_a_share_in_text_is_one_that_the_cells_make() -> None:
    shown = table(Cell(8), Cell(8), Cell(16))
    assert not consistency.gate(content(shown, text="Av 16 är 50 procent kvinnor."), None, [])
    (found,) = consistency.gate(content(shown, text="Av 16 är 51 procent kvinnor."), None, [])
    assert found.row == "Påhittat"


def test_changed_cells_are_published_old_and_new() -> None:
    before, after = table(Cell(8), Cell(7), Cell(15)), table(Cell(9), Cell(7), SUPPRESSED)
    shown = changes.with_changes(content(after).publication, content(before), "Fel.")
    tidy = shown.tables[-1]
    assert tidy.table.cells == {
        ("t", "2020/total", "persons"): (Cell(15), SUPPRESSED),
        ("t", "2020/women", "persons"): (Cell(8), Cell(9)),
    }
    assert isinstance(shown.blocks[0], Paragraph)
    assert "Orsak: Fel." in shown.blocks[0].text
    unchanged = changes.with_changes(content(before).publication, content(before))
    assert not unchanged.tables[-1].table.cells


def test_an_edition_made_before_they_had_numbers_is_called_by_one_all_the_same() -> None:
    """Its ID is made of every row of the snapshot, and must not be printed in those that repeat it."""
    first = content(table(Cell(8), Cell(7), Cell(15)))
    assert not first.inputs.number
    out = standing.out([("national-annual-2020-0123456789ab", first)])
    assert {one.number for one in out.cells.values()} == {"national-annual-2020-1"}


def of_places(seed: int) -> tuple[dict[str, Counts], list[Relation]]:
    """Four municipalities of two counties by sex, and the counties: the same people in two tables."""
    draw = Random(seed)
    people = {(place, sex): draw.choice([1, 2, 3, 7, 12, 30]) for place in "abcd" for sex in ("women", "men")}
    county = {"a": "A", "b": "A", "c": "B", "d": "B"}
    municipalities: dict[Key, tuple[int | None, ...]] = {}
    counties: dict[Key, tuple[int | None, ...]] = {}
    for (place, sex), number in people.items():
        for row, codes in ((municipalities, (place, TOTAL)), (counties, (county[place], TOTAL))):
            keys: list[Key] = [(where, who) for where in codes for who in (sex, TOTAL)]
            for key in keys:
                row[key] = ((row.get(key, (0,))[0] or 0) + number,)
    additive = frozenset({"place", "sex"})
    tables = {
        name: Counts(name, ("place", "sex"), ("persons",), cells, additive=additive)
        for name, cells in (("m", municipalities), ("k", counties))
    }
    ties = []
    for sums in ("women", "men", TOTAL):
        ties.append(equals(Address("k", (TOTAL, sums)), Address("m", (TOTAL, sums))))
        for one in "AB":
            inside = (Address("m", (place, sums)) for place in "abcd" if county[place] == one)
            ties.append(adds_up(Address("k", (one, sums)), *inside))
    return tables, ties


def told(table: str, seed: int, snapshot: str, known: Known = NOTHING) -> Content:
    """An edition that prints one of the tables, and counts the other."""
    tables, ties = of_places(seed)
    counts = {name: replace(one, published=name == table) for name, one in tables.items()}
    release = protect(counts, ties, Rule(), known)
    made = content(placed(release[table]), snapshot=snapshot)
    return replace(made, relations=release.relations)


def test_a_county_now_is_held_against_its_municipalities_then() -> None:
    """Nothing has changed between the two snapshots; each table by itself hides enough."""
    leaks = 0
    for seed in range(12):
        first = told("m", seed, "a")
        cells = list(linking.addresses(of_places(seed)[0].values()))
        second = told("k", seed, "b", linking.known([("one", first)], "b", cells))
        assert linking.attacked(second, [("one", first)]).leaks == ()
        leaks += bool(linking.attacked(told("k", seed, "b"), [("one", first)]).leaks)
    assert leaks  # it would have come out
