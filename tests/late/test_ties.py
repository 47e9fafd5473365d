"""Late registration beside what is published: no hidden cell of an edition follows from the triangle, nor a rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pytest

from finsam.disclosure.attack.intervals import attack
from finsam.disclosure.cells import SUPPRESSED, TOTAL, Cell
from finsam.disclosure.protect import Rule, Status
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, equals
from finsam.editions.stored.content import Content, Inputs
from finsam.editions.stored.linking import Published
from finsam.late.ties import Ties
from finsam.reports.compiled import Compiled
from finsam.statistics.figures import late_registration
from finsam.statistics.figures.late_registration import Shown, Taken
from finsam.statistics.relations.identity import implied
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import written
from tests.disclosure.publications import is_wide
from tests.snapshots.leavers import AS_OF, Leavers, compiled
from tests.snapshots.populations import Population
from tests.tables import tables

RULE = Rule()
OUTCOMES = {unit: Address(f"outcomes_{unit}", ("2020", TOTAL), "ended") for unit in late_registration.UNITS}


def ended_twice() -> Leavers:
    """Of those who ended two had two stays: stays less persons would tell."""
    people = Leavers().add(40, sex="women", occupation_at_end="work").add(60, sex="women").add(70, sex="men")
    people.add(2, person=1, starts_on="2020-02-01", ends_before="2020-08-01")
    return people.add(60, sex="men", occupation_at_end="studies")


def some_anonymous() -> Leavers:
    """Thirty women are counted without personal data: all less those with personal data would tell."""
    people = Leavers(heads="intervention | year | source | women | men\n1 | 2020 | anonymous | 30 | 0")
    return people.add(60, sex="women").add(90, sex="men")


def many() -> Leavers:
    """Nothing is small."""
    return Leavers().add(300, sex="women").add(400, sex="men", occupation_at_end="work")


@cache
def counted(people: Callable[[], Leavers]) -> Tables:
    return tables(**people().texts())


@cache
def compiled_once(people: Callable[[], Leavers], report: str) -> Compiled:
    return compiled(counted(people), report)


def edition(made: Compiled, digest: str = "now") -> tuple[str, Content]:
    """A report of 2020, published from a snapshot."""
    report = made.publication.key
    inputs = Inputs(report, 2020, "sv", f"2021-01-31-{digest}", digest, AS_OF, RULE, "finsam 0")
    content = Content(inputs, made.publication, made.release.pattern, made.release.relations, {})
    return f"{report}-2020-{digest}", content


def triangle(given: Sequence[tuple[str, Tables]], published: Published) -> list[Shown]:
    """What may be shown of snapshots by their digests."""
    ties = Ties(published, implied(given[-1][1]))
    taken = []
    for digest, found in given:
        values = late_registration.counted(tables=found, as_of=AS_OF)
        taken.append(Taken(digest, AS_OF, values, ties.of(digest, values), ties.parts(digest)))
    return late_registration.protected(taken, RULE, ties.known, ties.told)


def shown(cells: Mapping[Address, Cell]) -> dict[Address, int]:
    return {at: cell.value for at, cell in cells.items() if isinstance(cell.value, int)}


def cells_of(content: Content) -> dict[Address, Cell]:
    return {
        Address(table.name, key, figure): cell
        for table in content.tables
        if table.persons
        for key, row in table.cells.items()
        for figure, cell in zip(table.figures, row, strict=True)
    }


def in_triangle(one: Shown) -> dict[Address, Cell]:
    return {Address("late", key): cell for key, (cell,) in one.table.cells.items()}


def is_hidden_in(one: Shown, figure: str, year: int = 2020) -> bool:
    cell = one.cell(year, figure)
    assert cell is not None
    return cell.status is Status.SUPPRESSED


def late(figure: str) -> Address:
    return Address("late", ("2020", figure))


def known(content: Content) -> Iterator[Relation]:
    """What the intruder holds the two together by, written down here anew."""
    yield from content.relations
    for unit, ended in OUTCOMES.items():
        yield equals(late(f"{unit}_ended"), ended)
        yield at_most(late(f"{unit}_ended"), late(f"{unit}_ongoing"))
    yield equals(late("persons_ongoing"), Address("totals", ("2020", "identified", TOTAL)))


def hiding(content: Content, name: str, column: str, *rows: str) -> Content:
    """An edition of one table that hides a column of 2020 for women and for all; if rows are named, of these only."""
    tidy = next(tidy for tidy in content.publication.tables if tidy.table.name == name)
    cells = {
        key: tuple(
            SUPPRESSED
            if figure == column and key[0] == "2020" and key[-1] != "men" and (not rows or key[1] in rows)
            else cell
            for figure, cell in zip(tidy.table.figures, row, strict=True)
        )
        for key, row in tidy.table.cells.items()
    }
    publication = replace(content.publication, tables=(replace(tidy, table=replace(tidy.table, cells=cells)),))
    return replace(content, publication=publication)


@pytest.mark.parametrize("is_beside", [False, True])
def test_what_an_edition_hides_does_not_follow_from_the_triangle(is_beside: bool) -> None:
    """The edition shows all, and hides those with personal data; the triangle alone would show just these."""
    found = counted(some_anonymous)
    identifier, whole = edition(compiled_once(some_anonymous, "national-annual"))
    content = hiding(whole, "totals", "persons", "identified", "anonymous")
    printed = cells_of(content)
    hidden = [at for at, cell in printed.items() if cell == SUPPRESSED and at.key[:2] == ("2020", "anonymous")]
    held = [
        *known(content),
        adds_up(*(Address("totals", ("2020", "anonymous", sex)) for sex in (TOTAL, "women", "men"))),
    ]
    (one,) = triangle([("now", found)], [(identifier, content)] if is_beside else [])
    intervals = attack(shown(printed) | shown(in_triangle(one)), held, hidden)
    assert len(intervals) == 2
    assert all(is_wide(interval, RULE.threshold) for interval in intervals.values()) is is_beside


def test_two_figures_whose_difference_is_small_are_not_shown_one_here_and_one_there() -> None:
    """Each hides one of stays and persons who ended, to keep their difference of two: it must be the same one."""
    identifier, content = edition(compiled_once(ended_twice, "national-results"))
    (one,) = triangle([("now", counted(ended_twice))], [(identifier, content)])
    printed, mine = cells_of(content), in_triangle(one)
    assert any(printed[ended].status is Status.SUPPRESSED for ended in OUTCOMES.values())
    for unit, ended in OUTCOMES.items():
        assert mine[late(f"{unit}_ended")] == printed[ended]
    hidden = [at for at in (*OUTCOMES.values(), *map(late, late_registration.NAMES)) if at not in shown(printed | mine)]
    intervals = attack(shown(printed) | shown(mine), known(content), hidden)
    assert all(is_wide(interval, RULE.threshold) for interval in intervals.values())


PLACES = {
    "persons_ongoing": ("national-annual", "totals", "persons"),
    "persons_ended": ("national-results", "outcomes_persons", "ended"),
    "participations_ended": ("national-results", "outcomes_participations", "ended"),
}


@pytest.mark.parametrize("digest", ["now", "then"])
@pytest.mark.parametrize("figure", PLACES)
def test_each_figure_that_a_report_prints_is_hidden_with_it(figure: str, digest: str) -> None:
    report, table, column = PLACES[figure]
    identifier, content = edition(compiled_once(many, report), digest)
    alone = replace(hiding(content, table, column), relations=())
    (one,) = triangle([("now", counted(many))], [(identifier, alone)])
    assert {name for name in late_registration.NAMES if one.cell(2020, name) == SUPPRESSED} >= {figure}
    (beside_all,) = triangle([("now", counted(many))], [(identifier, content)])
    assert SUPPRESSED not in {beside_all.cell(2020, name) for name in late_registration.NAMES}


@pytest.mark.parametrize(("rest", "is_hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_those_outside_a_part_that_an_edition_shows_are_as_few_as_a_count(rest: int, is_hidden: bool) -> None:
    """All who are new but a few are long-term sick, as the edition shows; it does not show how many all are."""
    people = Population().add(80, sex="women", needs=["long_term_sick", "mental_ill_health"])
    people.add(70, sex="men", needs=["long_term_sick"]).add(rest, sex="women", needs=["mental_ill_health"])
    people.add(500, sex="men", began="earlier", needs=["mental_ill_health"])
    people.add(500, sex="women", began="earlier", needs=["long_term_sick", "mental_ill_health"])
    found = tables(**people.texts())
    identifier, content = edition(compiled(found, "national-annual"))
    part = Address("need_groups", ("2020", "new", "long_term_sick", TOTAL))
    (alone,) = triangle([("now", found)], [])
    (beside,) = triangle([("now", found)], [(identifier, content)])
    assert alone.cell(2020, "persons_new") == Cell(150 + rest)
    assert cells_of(content)[part] == Cell(150)
    assert is_hidden_in(beside, "persons_new") is is_hidden


def test_what_an_edition_from_another_snapshot_hides_stays_hidden() -> None:
    """One has been registered since; whoever believes that nobody else has would read what the edition hides off."""
    found = counted(ended_twice)
    identifier, content = edition(compiled_once(ended_twice, "national-results"), "then")
    hidden = {f"{unit}_ended" for unit, ended in OUTCOMES.items() if cells_of(content)[ended].value is None}
    (one,) = triangle([("now", found)], [(identifier, content)])
    assert hidden
    for figure in hidden:
        assert is_hidden_in(one, figure)


def test_snapshots_before_and_after_the_one_an_edition_was_made_from_hide_the_same() -> None:
    found = counted(ended_twice)
    identifier, content = edition(compiled_once(ended_twice, "national-results"))
    hidden = {f"{unit}_ended" for unit, ended in OUTCOMES.items() if cells_of(content)[ended].value is None}
    for one in triangle([("before", found), ("now", found), ("after", found)], [(identifier, content)]):
        assert hidden <= {written(figure) for (_year, figure), (cell,) in one.table.cells.items() if cell.value is None}


@pytest.mark.parametrize(("more", "is_hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_change_since_an_edition_is_as_small_as_a_count(more: int, is_hidden: bool) -> None:
    """Sixty were ongoing as an edition shows; in the triangle another snapshot has a few more."""
    then = tables(**Population().add(60, sex="women", began="ended").add(200, sex="men").texts())
    now = tables(**Population().add(60 + more, sex="women", began="ended").add(200, sex="men").texts())
    identifier, content = edition(compiled(then, "national-annual"), "then")
    content_of_2019 = cells_of(content)[Address("totals", ("2019", "identified", TOTAL))]
    assert content_of_2019.value == 60
    (one,) = triangle([("now", now)], [(identifier, content)])
    assert is_hidden_in(one, "persons_ongoing", 2019) is is_hidden


def both() -> list[tuple[str, Content]]:
    return [edition(compiled_once(many, report)) for report in ("national-results", "national-annual")]


def test_figures_of_everybody_are_those_that_the_reports_print() -> None:
    ties, values = Ties(both(), implied(counted(many))), late_registration.counted(tables=counted(many), as_of=AS_OF)
    told = ties.told["now"]
    assert {figure for _year, figure in told} == PLACES.keys()
    assert told.items() <= values.items()


def test_what_is_said_to_hold_between_the_triangle_and_editions_holds() -> None:
    """With everything large enough to be shown, every relation between our figures and shown cells is true."""
    ties, values = Ties(both(), implied(counted(many))), late_registration.counted(tables=counted(many), as_of=AS_OF)
    counts = {late_registration.address(*key): count for key, count in values.items()} | shown(ties.known.cells)
    relations = ties.of("now", values).relations
    whole = [row for row in relations if all(cell in counts for _, cell in row.terms)]
    assert any(cell.table == late_registration.TABLE for row in whole for _, cell in row.terms)
    for row in whole:
        result = sum(factor * counts[cell] for factor, cell in row.terms) - row.constant
        assert result >= 0, row
        assert row.at_least or not result, row
