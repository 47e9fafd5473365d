"""A special edition beside what is published: no hidden cell of either is told by both, in years or in quarters."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from finsam.disclosure.attack.intervals import attack
from finsam.disclosure.cells import SUPPRESSED, TOTAL, Cell, Protected
from finsam.disclosure.protect import Counts, Known, Rule
from finsam.disclosure.relations import Address, Relation, adds_up, equals
from finsam.editions.stored import linking
from finsam.editions.stored.content import Content, Inputs
from finsam.editions.stored.linking import Published
from finsam.reports.commission import Commission
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.reports.special.question import Question
from finsam.statistics.relations.identity import implied
from finsam.statistics.tables.tables import Tables
from tests.disclosure.publications import is_wide
from tests.snapshots.leavers import AS_OF, Leavers, compiled
from tests.tables import tables

RULE = Rule()
SNAPSHOT = "2021-01-31-0123456789ab"


def special(
    found: Tables, published: Published, figure: str, by: Sequence[str] = (), first: str = "2020", **where: str
) -> Content:
    """The edition of a question, protected beside what is published of the same snapshot."""
    question = Question.of(figure, tuple(by), where, first, "2020K4" if "K" in first else "2020")
    commission = Commission(question.key, "Titel", "Orsak", "Alla")
    inputs = Inputs("special", 2020, "sv", SNAPSHOT, "now", AS_OF, RULE, "finsam 0", commission=commission)
    names = implied(found)

    def link(counts: Iterable[Counts]) -> Known:
        counts = tuple(counts)
        told = linking.telling(inputs, counts, names)
        return linking.known(published, "now", linking.addresses(counts), "", told)

    made = REPORTS["special"].compile(Source(found, 2020, RULE, SNAPSHOT, AS_OF, link=link, commission=commission))
    return Content(inputs, made.publication, made.release.pattern, made.release.relations, {}, names)


def out(found: Tables, content: Content | None = None) -> Published:
    made = compiled(found, "national-results")
    inputs = Inputs("national-results", 2020, "sv", SNAPSHOT, "now", AS_OF, RULE, "finsam 0")
    own = Content(inputs, made.publication, made.release.pattern, made.release.relations, {}, implied(found))
    return [("national-results-2020-0123456789ab", content or own)]


def figures(table: Protected) -> dict[Address, int]:
    return {
        Address(table.name, key, figure): int(cell.value)
        for key, row in table.cells.items()
        for figure, cell in zip(table.figures, row, strict=True)
        if isinstance(cell.value, int)
    }


def named(content: Content, name: str) -> Protected:
    return next(table for table in content.tables if table.name == name)


@cache
def few_schooled() -> Tables:
    """Two women and eight men went to upper secondary school, six women to compulsory."""
    people = Leavers().add(2, sex="women").add(8, sex="men").add(6, sex="women", education="compulsory")
    return tables(**people.texts())


def test_a_published_hidden_cell_is_not_told() -> None:
    found = few_schooled()
    ((identifier, content),) = out(found)
    educations = named(content, "educations")
    hidden = Address("educations", ("2020", "upper_secondary", "women"), educations.figures[0])
    assert educations.cells[hidden.key][0] == SUPPRESSED
    mine = special(found, [(identifier, content)], "persons_ended", ("education",))
    (table,) = mine.tables
    links: list[Relation] = [
        equals(Address(table.name, key, figure), Address("educations", (*key, TOTAL), educations.figures[0]))
        for key in table.cells
        for figure in table.figures
    ]
    held = [*content.relations, *mine.relations, *links]
    interval = attack({**figures(educations), **figures(table)}, held, [hidden])[hidden]
    assert is_wide(interval, RULE.threshold)
    assert linking.attacked(mine, [(identifier, content)]).leaks == ()


def in_quarters() -> Leavers:
    """Of sixty who ended in the year three did so in the second quarter, and twelve in the third."""
    people = Leavers()
    for ended, number in (("2020-03-01", 25), ("2020-06-01", 3), ("2020-09-01", 12), ("2020-12-01", 20)):
        people.add(number, sex="women", ends_before=ended)
    return people


def test_quarters_tell_nothing_beside_the_year_that_is_published() -> None:
    found = tables(**in_quarters().texts())
    published = out(found)
    mine = special(found, published, "participations_ended", (), "2020K1")
    (table,) = mine.tables
    assert table.dimensions == ("year", "quarter")
    quarters = [Address(table.name, ("2020", f"K{n}"), "participations") for n in (1, 2, 3, 4)]
    hidden = [cell for cell in quarters if table.cells[cell.key][0] == SUPPRESSED]
    assert Address(table.name, ("2020", "K2"), "participations") in hidden
    year = Address("year", ("2020",), "participations")
    intervals = attack({**figures(table), year: 60}, [adds_up(year, *quarters)], hidden)
    assert all(is_wide(interval, RULE.threshold) for interval in intervals.values())
    assert linking.attacked(mine, published).leaks == ()
    alone = special(found, [], "participations_ended", (), "2020K1")
    assert linking.attacked(alone, published).leaks == (table.name,)  # by itself it would tell the second quarter


def test_what_adds_up_is_published_with_all_its_parts() -> None:
    """Twenty women of twenty-three: the three men would be had by subtraction."""
    found = tables(**Leavers().add(20, sex="women").add(3, sex="men").texts())
    mine = special(found, [], "persons_ended", sex="women")
    (table,) = mine.tables
    assert table.dimensions == ("year", "sex")
    assert table.cells["2020", "men"][0] == SUPPRESSED
    shown = {table.cells["2020", "women"][0], table.cells["2020", TOTAL][0]}
    assert SUPPRESSED in shown


def test_a_later_one_knows_an_earlier_one() -> None:
    found = tables(**Leavers().add(20, sex="women").add(3, sex="men").texts())
    first = special(found, [], "persons_ended", ("sex",))
    whole = special(found, [("special-2020-0123456789ab", first)], "persons_ended")
    (table,) = whole.tables
    (before,) = first.tables
    assert table.cells["2020",][0] == before.cells["2020", TOTAL][0]
    assert linking.attacked(whole, [("special-2020-0123456789ab", first)]).leaks == ()


@pytest.mark.parametrize(("number", "is_shown"), [(4, False), (5, True)])
def test_it_is_laid_out_and_said_in_words(number: int, is_shown: bool) -> None:
    found = tables(**Leavers().add(20, sex="women").add(number, sex="men").texts())
    content = special(found, [], "persons_ended", ("sex",), "2019")
    grid, *_others = content.publication.blocks
    facts: Mapping[str, Any] = vars(grid)
    assert facts["columns"] == ("Women", "Men", "Totalt")  # as the snapshot has them
    assert [row.header for row in facts["rows"]] == ["2019", "2020"]
    assert (facts["rows"][1].cells[1] == Cell(number)) is is_shown
    assert content.publication.lead.startswith("Deltagare som har avslutat efter kön. 2019–2020.")
