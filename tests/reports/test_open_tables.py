"""The open tables: what a cell counts is known whatever table it stands in, and no two publications give one away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pytest

from finsam.disclosure.cells import Cell, Counts, Status
from finsam.disclosure.protect import Known, Rule
from finsam.editions.stored import linking, standing
from finsam.editions.stored.content import Content, Inputs
from finsam.reports.open_tables import report
from finsam.reports.open_tables.cubes import CUBES, Cube
from finsam.reports.open_tables.tables import TABLES
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.reports.table import Tells
from finsam.reports.telling import told
from finsam.statistics.relations.identity import Identity, implied
from finsam.statistics.tables.tables import Tables
from tests.snapshots.leavers import AS_OF, Leavers
from tests.tables import tables

RULE = Rule()
NAMES = {  # addresses that others link to, for good: tables, and the columns of each
    "registered_associations": "identified anonymous volume participants",
    "registered_interventions": "identified anonymous volume participants",
    "planned_associations": "planned",
    "persons_municipalities": "persons",
    "persons_nation": "ongoing new ended",
    "persons_counties": "ongoing new ended",
    "persons_associations": "ongoing new ended",
    "stays_nation": "ongoing new ended",
    "stays_counties": "ongoing new ended",
    "stays_quarters": "new ended",
    "work_nation": "ended active gained",
    "work_counties": "ended active gained",
    "work_associations": "ended active gained",
    "occupations_nation": "before after",
    "occupations_counties": "before after",
    "occupations_associations": "before after",
    "supports_nation": "before after",
    "supports_counties": "before after",
    "reasons_nation": "participations",
    "reasons_counties": "participations",
    "needs_nation": "persons",
    "needs_counties": "persons",
    "educations_nation": "persons",
    "educations_counties": "persons",
    "support_times_nation": "participations",
    "support_times_counties": "participations",
    "lengths_nation": "participations",
    "lengths_counties": "participations",
    "interventions_directions": "interventions associations",
    "interventions_kinds": "interventions associations",
}


def few_leavers() -> Tables:
    """Two women with upper secondary school among those who ended, whom the report on results hides."""
    people = Leavers().add(2, sex="women").add(18, sex="men").add(16, sex="women", education="compulsory")
    people.add(3, sex="women", occupation_at_end="work", county="12").add(20, sex="men", occupation_at_end="studies")
    return tables(**people.texts())


def edition(key: str, found: Tables, published: linking.Published, digest: str = "now") -> Content:
    """A report of 2020 compiled beside what is published, as an edition is."""
    names = implied(found)
    before = tuple(one for one, _ in published)
    inputs = Inputs(key, 2020, "sv", "2021-01-31-0", digest, AS_OF, RULE, "finsam 0", published=before)

    def link(counts: Iterable[Counts]) -> Known:
        counts = tuple(counts)
        telling = linking.telling(inputs, counts, names)
        known = linking.known(published, digest, linking.addresses(counts), telling=telling)
        return standing.beside(standing.out(published), inputs, counts, known)

    made = REPORTS[key].compile(Source(found, 2020, RULE, "2021-01-31-0", AS_OF, link=link))
    release = made.release
    return Content(inputs, made.publication, release.pattern, release.relations, {"leaks": ()}, names)


def by_count(content: Content) -> Iterator[tuple[Identity, Cell]]:
    """Every cell that is known by what it counts."""
    held = {table.name: table for table in content.tables}
    for one in told(REPORTS[content.inputs.report].tables, content.tables):
        for at, identity in one.identities(content.implied):
            table = held[at.table]
            yield identity, table.cells[at.key][table.figures.index(at.figure)]


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(("national-results", "open-tables"), id="report-first", marks=pytest.mark.slow),
        pytest.param(("open-tables", "national-results"), id="tables-first"),
    ],
)
def test_what_one_hides_the_other_hides_too_whichever_comes_first(order: Sequence[str]) -> None:
    found, published = few_leavers(), list[tuple[str, Content]]()
    for key in order:
        published.append((key, edition(key, found, published)))
    shown: list[Mapping[Identity, Cell]] = [dict(by_count(content)) for _, content in published]
    same = shown[0].keys() & shown[1].keys()
    assert {one[identity].status for one in shown for identity in same} >= {Status.OK, Status.SUPPRESSED}
    assert [one for one in same if shown[0][one] != shown[1][one]] == []
    assert linking.attacked_together(published).leaks == ()


def test_addresses_are_what_they_have_been() -> None:
    assert {cube.name: " ".join(cube.columns) for cube in CUBES} == NAMES


@pytest.mark.parametrize(
    ("by", "figure", "count", "sentence"),
    [
        (("shoe_size",), "persons_new", "persons", "wrong: persons_new can't be split by shoe_size"),
        (("sex",), "persons_new", "stays", "wrong: there is no persons_new stays for the column new"),
        (("sex",), "persons_lost", "persons", "wrong: there is no persons_lost persons for the column new"),
    ],
)
def test_a_cube_of_what_no_figure_has_is_refused_by_name(
    by: tuple[str, ...], figure: str, count: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Cube("wrong", "", "", by, {"new": (figure, count)})


def test_names_of_tables_are_of_one_report_or_the_same_table() -> None:
    of = [(table.name, table.dimensions) for found in REPORTS.values() for table in found.tables.tables]
    assert len({name for name, _ in of}) == len(set(of))


def test_everything_said_to_hold_holds_for_what_is_counted() -> None:
    """Also what was counted for the national reports, by what each cell of theirs counts."""
    found = few_leavers()
    exact = report.counted(Source(found, 2020, RULE, "0", AS_OF), range(2018, 2021))
    values = {cell: number for table in exact.counts.values() for cell, number in table.filled()}
    assert len(exact.relations) > 1000
    for relation in exact.relations:
        left = sum(factor * values[cell] for factor, cell in relation.terms) - relation.constant
        assert left >= 0 if relation.at_least else left == 0, relation


def test_a_column_that_the_collection_no_longer_has_tells_nothing() -> None:
    (table,) = (one for one in TABLES.tables if one.name == "work_nation")
    assert isinstance(table.tells, Tells)
    assert table.tells.of({}, "ended") is not None
    assert table.tells.of({}, "gone") is None


def test_in_no_table_a_mark_tells_that_there_is_somebody() -> None:
    content = edition("open-tables", few_leavers(), [])
    persons = [table for table in content.tables if table.persons]
    assert persons
    assert not any(table.present(RULE) for table in persons)
