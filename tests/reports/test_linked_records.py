"""The report on linked records: everyone is counted, the text says what the cells say, and nobody can be worked out."""

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pytest

from finsam.disclosure.attack.examination import examine
from finsam.disclosure.protect import Rule, Status
from finsam.editions import consistency
from finsam.editions.stored.content import Content, Inputs
from finsam.publications.blocks import Bars, Grid, Heading, Paragraph, Publication
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.statistics.tables.tables import Linked
from finsam.values.keys import joined
from tests.publications.invented import without_words
from tests.snapshots.populations import Population
from tests.tables import beside, tables

AS_OF = date(2021, 1, 31)
INPUTS = Inputs("linked", 2020, "sv", "a", "a", AS_OF, Rule(), "finsam 0", linkage="b")
Describe = Callable[[int], tuple[int, int, int] | None]  # a person's age, days and chapter; None when not in the file
# 30 women and 25 men with sickness benefit, 8 women and 7 men with activity compensation, all new.
POPULATION = (
    Population()
    .add(30, sex="women", support="sickness_cash_benefit")
    .add(25, sex="men", support="rehabilitation_cash_benefit")
    .add(8, sex="women", support="activity_compensation")
    .add(7, sex="men", support="activity_compensation")
    .add(40, sex="men", support="sickness_cash_benefit", began="earlier")
)


def described(person: int) -> tuple[int, int, int] | None:
    """Five men are missing; of those with sickness benefit twenty women have a diagnosis in F and the others in M."""
    if person in range(51, 56):
        return None
    if person <= 55:
        return 35 if person % 2 else 45, 1000 if person <= 30 else 400, 5 if person <= 20 else 13
    return 25, 100, 0


def compiled(
    describe: Describe = described, *, source: str = "Provet", not_ours: int = 9, language: str = "sv"
) -> Content:
    """The report of 2020 as an edition holds it."""
    rows = [
        {"person": person, "age": found[0], "days_in_benefit": found[1], "chapter": found[2]}
        for person in range(1, len(POPULATION.stays) + 1)
        if (found := describe(person))
    ]
    ours = tables(**POPULATION.texts())
    made = REPORTS["linked"].compile(
        Source(
            ours,
            2020,
            Rule(),
            snapshot_id="2021-01-31-000000000000",
            as_of=AS_OF,
            language=language,
            linked=Linked(beside(ours, "linked", pa.Table.from_pylist(rows)), not_ours, source),
        )
    )
    return Content(INPUTS, made.publication, made.release.pattern, made.release.relations, {})


@pytest.fixture(scope="module")
def content() -> Content:
    """The report that most tests look at."""
    return compiled()


def cells(content: Content, name: str) -> dict[str, tuple[object, ...]]:
    """The cells of a tidy table; a status where there is no value."""
    table = next(table for table in content.tables if table.name == name)
    return {
        joined(key): tuple(cell.value if cell.status is Status.OK else cell.status.value for cell in row)
        for key, row in table.cells.items()
    }


def text(publication: Publication) -> str:
    """All running text, with plain spaces."""
    words = [block.text for block in publication.blocks if isinstance(block, Heading | Paragraph)]
    return "\n".join([publication.lead, *words]).replace("\u00a0", " ")


def titles(publication: Publication, kind: type[Bars | Grid]) -> list[str]:
    return [
        block.title if isinstance(block, Bars) else block.caption
        for block in publication.blocks
        if isinstance(block, kind)
    ]


def test_those_found_and_those_missing_are_everyone_who_began(content: Content) -> None:
    assert cells(content, "participants")["2020/new/sickness_benefit/total"] == (55,)
    assert cells(content, "linked")["2020/sickness_benefit/total"] == (50, 5)
    assert cells(content, "linked")["2020/sickness_benefit/women"] == (30, 0)
    said = text(content.publication)
    assert "55 personer med sjukpenning började en insats under 2020." in said
    assert "50 av dem (91 procent) finns i den andra myndighetens uppgifter." in said
    assert "5 finns inte där och är inte med i det som följer." in said
    assert "Filen har också 9 rader om andra som inte finns i ögonblicksbilden." in said
    assert "Källa: Provet." in said


def test_a_few_who_are_missing_are_hidden_and_still_told_of() -> None:
    said = text(compiled(lambda person: None if person in (1, 2) else (35, 1000, 5)).publication)
    assert "Hur många som inte finns där visas inte, men de är räknade." in said
    assert "finns inte där och är inte med" not in said.split("Sjukpenning")[1]


def test_a_few_rows_about_others_are_hidden_too() -> None:
    content = compiled(not_ours=3)
    assert cells(content, "linked_file") == {"2020": ("suppressed",)}
    assert "Hur många rader i filen som handlar om andra personer visas inte." in text(content.publication)


def test_ages_days_and_chapters_are_of_those_found(content: Content) -> None:
    """Half of the women are 35 and half 45; the means are those of women and men and what is weighed of both."""
    ages, days, chapters = (cells(content, f"linked_{name}") for name in ("ages", "days", "chapters"))
    assert (ages["2020/sickness_benefit/30/women"], ages["2020/sickness_benefit/40/women"]) == ((15,), (15,))
    assert days["2020/sickness_benefit/731/total"] == (30,)
    assert days["2020/sickness_benefit/366/men"] == (20,)
    assert chapters["2020/sickness_benefit/F00-F99/women"] == (20,)
    assert chapters["2020/activity_compensation/not_stated/total"] == (15,)
    assert cells(content, "linked_means") == {
        "2020/sickness_benefit/women": (1000,),
        "2020/sickness_benefit/men": (400,),
        "2020/sickness_benefit/total": (760,),
        **{f"2020/activity_compensation/{sex}": ("missing",) for sex in ("women", "men")},
        "2020/activity_compensation/total": ("suppressed",),  # so few that how many of each sex is hidden
    }


def test_the_text_and_the_titles_say_what_the_cells_say(content: Content) -> None:
    said = text(content.publication)
    assert "När de började hade de haft sjukpenning i ungefär 760 dagar i medeltal." in said
    assert "Minst hälften hade haft sjukpenning i högst tre år." in said
    assert "Minst hälften hade haft aktivitetsersättning i högst sex månader." in said
    assert "60 procent har en diagnos i kapitlet sjukdomar i muskuloskeletala systemet och bindväven." in said
    assert "För 100 procent saknas diagnosen eller är okänd. Andelarna är av färre än tjugo personer" in said
    assert said.count("färre än tjugo") == 1
    assert titles(content.publication, Bars) == [
        "De flesta är 25–29 år",
        "Diagnoser",
        *titles(content.publication, Bars)[2:],
    ]
    assert "60 procent har en diagnos i M00–M99" in titles(content.publication, Bars)


def test_the_gate_and_the_attack_find_nothing(content: Content) -> None:
    assert consistency.gate(content, None, []) == []
    assert examine(content.tables, content.relations, Rule()).leaks == ()


def uneven(person: int) -> tuple[int, int, int] | None:
    """Single persons with an age, a length and a chapter of their own, women and men."""
    return (20 + person % 45, person * person % 2500, 1 + person % 22) if person % 9 else None


def test_of_many_small_counts_none_can_be_worked_out_with_the_means_that_are_shown() -> None:
    content = compiled(uneven)
    assert any(cell == ("suppressed",) for cell in cells(content, "linked_chapters").values())
    assert examine(content.tables, content.relations, Rule()).leaks == ()
    assert consistency.gate(content, None, []) == []


@pytest.mark.parametrize(("missing", "women"), [(5, (1000,)), (6, ("missing",))])
def test_a_mean_that_is_not_shown_is_told_by_no_relation(missing: int, women: tuple[int | str]) -> None:
    """Nineteen of 25 men are too few for a mean, and then that of the women isn't shown either."""
    content = compiled(lambda person: None if 30 < person <= 30 + missing else (45, 1000, 13))
    assert cells(content, "linked_means")["2020/sickness_benefit/women"] == women
    days = {cell.table for one in content.relations if len(one.terms) > 2 for factor, cell in one.terms if factor > 1}
    assert ("linked_days" in days) is (women == (1000,))


def test_every_code_and_column_has_words_in_both_languages() -> None:
    for language in ("sv", "en"):
        made = compiled(language=language).publication
        for tidy in made.tables:
            assert without_words(tidy) == set()
            assert {*tidy.table.dimensions, *tidy.table.figures} <= tidy.columns.keys()
    assert made.title == "The participants in another agency’s records 2020"
    assert "60 percent have a diagnosis in the chapter diseases of the musculoskeletal system" in text(made)


def test_every_table_has_words_for_a_refusal() -> None:
    tables = {cell.table for relation in compiled().relations for _factor, cell in relation.terms}
    assert "linked_days" in tables <= REPORTS["linked"].tables.words().keys()


def test_a_report_about_nobody_says_no_more_than_that() -> None:
    content = compiled(lambda person: (35, 10, 5) if person > 70 else None)
    assert titles(content.publication, Bars) == ["Ålder när de började", "Diagnoser"] * 2
    assert consistency.gate(content, None, []) == []
