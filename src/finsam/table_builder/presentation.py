"""An answer as a page and files: the plain sentence, the diagram that suits it, and its table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from finsam.disclosure.cells import TOTAL
from finsam.publications import diagrams
from finsam.publications.blocks import Area, Bars, Block, Diagram, Group, Panel, Publication, Series, Tidy
from finsam.publications.diagrams import MOST_SERIES, ROLES, About
from finsam.publications.geography import Level
from finsam.publications.wording import counted, moved, paragraph
from finsam.reports.labels import column_words, figure_words, headings
from finsam.reports.special import words
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.table_builder.answer import Answer
from finsam.table_builder.grid import Layout, grid, main_count
from finsam.values.keys import Code

KEY: Final = "answer"
PLACES: Final[dict[str, Level]] = {"municipality": "municipality", "county": "county"}
HOPED_FOR: Final = {"support_after": {"none"}, "occupation_after": {"work", "studies"}}
SEXES: Final = ("women", "men")


def publication(answer: Answer, snapshot_id: str, as_of: date, language: str) -> Publication:
    """Everything an answer shows, ready for a page, Excel and CSV."""
    with override(language):
        title = heading(answer)
        return Publication(
            key=KEY,
            title=title,
            year=int(answer.question.last[:4]),
            language=language,
            snapshot_id=snapshot_id,
            as_of=as_of,
            lead=sentence(answer),
            blocks=tuple(_blocks(answer, title)),
            tables=(Tidy(answer.excerpt, title, headings(), _words(answer)),),
            rule=answer.rule,
        )


def heading(answer: Answer) -> str:
    """What the table is of: the figure, what it is split by, which part of it, and the periods."""
    return words.heading(answer.question, answer.filters)


def sentence(answer: Answer) -> str:
    """Every count of the newest period in a plain sentence, how the main one has moved, and what is counted."""
    layout, question = Layout(answer), answer.question
    periods = layout.periods
    main = answer.excerpt.figures[main_count(answer.excerpt.figures)]
    sentences = [_chosen(answer)]
    for count in answer.excerpt.figures:
        sentences.append(
            counted(question.counted.columns[count], layout.cell({"period": periods[-1]}, count), period=periods[-1])
        )
        if count == main and sentences[-1] and len(periods) > 1:
            change = moved(*(layout.comparable({"period": period}, count) for period in periods[-2:]))
            since = {"moved": change, "before": periods[-2]}
            sentences.append(_("Antalet %(moved)s sedan %(before)s.") % since if change else "")
    return paragraph([*sentences, _(question.counted.sentence)])


def _chosen(answer: Answer) -> str:
    """Which part of everyone the numbers are of."""
    parts = [words.part(name, label) for name, label in sorted(answer.filters.items())]
    return _("Urval: %(parts)s.") % {"parts": ", ".join(parts)} if parts else ""


def _blocks(answer: Answer, title: str) -> Iterator[Block]:
    yield from _diagrams(answer, title)
    yield grid(answer, KEY, title)


def _diagrams(answer: Answer, title: str) -> Iterator[Diagram]:
    """The diagram that suits the dimensions; none where there is nothing to compare."""
    layout, by = Layout(answer), answer.question.by
    about = About(KEY, figure_words(answer.question.figure), title, _unit(answer), KEY)
    of_one = replace(about, subject=_subject(answer))
    changing = [(name, after) for name in by if (after := DIMENSIONS[name].after) in by]
    wholes = [layout.cell({"period": answer.question.last}, count).value for count in answer.excerpt.figures]
    if set(wholes) == {0} and len(layout.codes("period")) == 1:
        return  # nobody: there is nothing to compare
    if changing:
        yield _transitions(layout, about, *changing[0])
    elif places := [name for name in by if name in PLACES]:
        yield from _map(layout, of_one, min(places, key=list(PLACES).index))
    elif len(layout.codes("period")) > 1:
        yield from _over_time(layout, of_one if by else about)
    elif {"age_group", "sex"} <= set(by):
        yield _pyramid(layout, of_one)
    elif len(by) == 1 and 1 < len(answer.excerpt.figures) <= MOST_SERIES:
        yield _counts(layout, about, by[0])
    elif by:
        largest = max(by, key=lambda name: len(layout.codes(name)))
        parts = layout.parts(largest)
        cells = [layout.cell({"period": answer.question.last, largest: code}) for code, _label in parts]
        yield diagrams.by_group(of_one, [label for _code, label in parts], cells)


def _subject(answer: Answer) -> str:
    """What a diagram of one count is of: the figure, or which of its counts where it has several."""
    counts = answer.excerpt.figures
    if len(counts) == 1:
        return figure_words(answer.question.figure)
    return column_words(counts[main_count(counts)])


def _counts(layout: Layout, about: About, name: str) -> Diagram:
    """Several counts side by side for each group, as before and after."""
    parts, period = layout.parts(name), layout.answer.question.last
    series = tuple(
        Series(
            column_words(count),
            role,
            tuple(layout.cell({"period": period, name: code}, count) for code, _label in parts),
        )
        for count, role in zip(layout.answer.excerpt.figures, ("neutral", "first", "second", "third"), strict=False)
    )
    labels = tuple(label for _code, label in parts)
    return Bars(about.key, about.subject, about.subtitle, labels, series, about.unit, about.grid_key)


def _over_time(layout: Layout, about: About) -> Iterator[Diagram]:
    periods = layout.periods
    by = sorted(layout.answer.question.by, key=lambda name: len(layout.parts(name)))
    if len(by) > 1 and len(layout.parts(by[0])) <= MOST_SERIES < len(layout.parts(by[-1])):
        yield from _panels(layout, about, by[0], by[-1])
        return
    lines = list(_lines(layout, about, by))
    roles = SEXES if by[:1] == ["sex"] else ROLES
    padded = (*roles, *ROLES[len(roles) :], *[ROLES[0]] * len(lines))
    series, comparable = (
        [
            Series(label, role, tuple(cell({"period": period, **codes}, count) for period in periods))
            for (label, count, codes), role in zip(lines, padded, strict=False)
        ]
        for cell in (layout.cell, layout.comparable)
    )
    yield from diagrams.over_time(about, periods, series, comparable)


def _lines(layout: Layout, about: About, by: Sequence[str]) -> Iterator[tuple[str, str, dict[str, Code]]]:
    """What each line is called, and which count and codes it is of."""
    counts = layout.answer.excerpt.figures
    if by:
        yield from ((label, "", {by[0]: code}) for code, label in layout.parts(by[0]))
    elif len(counts) > 1:
        yield from ((column_words(count), count, {}) for count in counts)
    else:
        yield about.subject, "", {}


def _panels(layout: Layout, about: About, inner: str, outer: str) -> Iterator[Diagram]:
    periods = layout.periods
    roles = SEXES + ROLES[2:] if inner == "sex" else ROLES
    series = [(label, role) for (_code, label), role in zip(layout.parts(inner), roles, strict=False)]
    panels, comparable = (
        [
            Panel(
                label,
                tuple(
                    tuple(cell({"period": one, outer: code, inner: part}) for one in periods)
                    for part, _label in layout.parts(inner)
                ),
            )
            for code, label in layout.parts(outer)
        ]
        for cell in (layout.cell, layout.comparable)
    )
    yield from diagrams.multiples(about, periods, series, panels, comparable)


def _pyramid(layout: Layout, about: About) -> Diagram:
    ages = layout.parts("age_group")
    words = dict(layout.codes("sex"))
    sides = [
        Series(
            words[sex],
            sex,
            tuple(
                layout.cell({"period": layout.answer.question.last, "sex": sex, "age_group": age})
                for age, _label in ages
            ),
        )
        for sex in SEXES
    ]
    return diagrams.by_age(about, [label for _code, label in ages], (sides[0], sides[1]))


def _map(layout: Layout, about: About, name: str) -> Iterator[Diagram]:
    """The newest period on a map: of all the country, of what an association covers, or of where there is anybody."""
    covered, filters = layout.answer.covered, layout.answer.filters
    whole = name == "county" or not (covered or {"county", "region"} & set(filters))
    areas = [
        Area(code, label, layout.cell({"period": layout.answer.question.last, name: code}))
        for code, label in layout.parts(name)
        if isinstance(code, str) and (whole or not covered or code in covered)
    ]
    shown = areas if whole or covered else [area for area in areas if area.cell.value != 0]
    if shown:
        yield diagrams.by_area(about, PLACES[name], shown, whole_country=whole)


def _transitions(layout: Layout, about: About, before: str, after: str) -> Diagram:
    period, count = layout.answer.question.last, layout.answer.excerpt.figures[0]  # everyone who ended
    sides = [
        [
            Group(label, layout.cell({"period": period, name: code}, count), code in HOPED_FOR.get(name, ()))
            for code, label in layout.parts(name)
        ]
        for name in (before, after)
    ]
    flows = [
        [layout.cell({"period": period, before: first, after: last}, count) for last, _label in layout.parts(after)]
        for first, _label in layout.parts(before)
    ]
    return diagrams.from_before_to_after(about, (sides[0], sides[1]), flows, layout.cell({"period": period}, count))


def _unit(answer: Answer) -> str:
    return {
        "persons": _("personer"),
        "participations": _("deltaganden"),
        "heads": _("deltagare"),
        "interventions": _("insatser"),
        "associations": _("förbund"),
    }[answer.question.counted.unit]


def _words(answer: Answer) -> Mapping[str, Mapping[Code, str]]:
    return {name: {TOTAL: _("Totalt"), **dict(pairs)} for name, pairs in answer.codes.items()}
