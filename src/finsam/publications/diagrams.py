"""Chooses and titles the diagram of some cells: bars, lines or small charts over time, ages, areas, transitions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from finsam.disclosure.protect import Cell
from finsam.publications import findings
from finsam.publications.blocks import (
    Bars,
    Diagram,
    Group,
    Lines,
    Multiples,
    Panel,
    Pyramid,
    Series,
    Transitions,
)

MOST_SERIES: Final = 4  # in one chart; more become small multiples
LINES_FROM: Final = 10  # points
PANELS: Final = 24  # in one drawing: more would not fit on a page


@dataclass(frozen=True)
class About:
    """What a diagram is about: its key, the subject and what, unit and period, and the grid with the same cells."""

    key: str
    subject: str
    subtitle: str
    unit: str
    grid_key: str


def over_time(about: About, categories: Sequence[str], series: Sequence[Series]) -> Iterator[Diagram]:
    """Bars for a few periods, lines for many, small charts for many series."""
    if len(series) > MOST_SERIES:
        panels = [Panel(one.label, (one.cells,)) for one in series]
        yield from multiples(about, categories, [(about.subject, "first")], panels)
        return
    kind = Lines if len(categories) >= LINES_FROM else Bars
    title = findings.over_time(about.subject, categories, series)
    yield kind(about.key, title, about.subtitle, tuple(categories), tuple(series), about.unit, about.grid_key)


def by_group(about: About, labels: Sequence[str], cells: Sequence[Cell]) -> Bars:
    """Bars for the groups of one period."""
    title = findings.of_groups(about.subject, labels, cells)
    series = (Series(about.subject, "first", tuple(cells)),)
    return Bars(about.key, title, about.subtitle, tuple(labels), series, about.unit, about.grid_key)


def by_age(about: About, ages: Sequence[str], sides: tuple[Series, Series]) -> Pyramid:
    """The age pyramid, youngest first."""
    title = findings.of_ages(about.subject, ages, sides)
    return Pyramid(about.key, title, about.subtitle, tuple(ages), *sides, about.unit, about.grid_key)


def from_before_to_after(
    about: About, sides: tuple[Sequence[Group], Sequence[Group]], flows: Sequence[Sequence[Cell]], total: Cell
) -> Transitions:
    """The transition diagram, without groups in which nobody is."""
    before, after = sides
    rows = [at for at, group in enumerate(before) if group.cell.value != 0]
    columns = [at for at, group in enumerate(after) if group.cell.value != 0]
    return Transitions(
        about.key,
        findings.of_transitions(about.subject, total, after),
        about.subtitle,
        tuple(before[at] for at in rows),
        tuple(after[at] for at in columns),
        tuple(tuple(flows[row][column] for column in columns) for row in rows),
        about.unit,
        about.grid_key,
    )


def multiples(
    about: About,
    categories: Sequence[str],
    series: Sequence[tuple[str, str]],
    panels: Sequence[Panel],
    comparable: Sequence[Panel] = (),
) -> Iterator[Multiples]:
    """Small charts on one scale, so many drawings as there must be; the first says the finding."""
    shown = [cell.value for panel in panels for cells in panel.cells for cell in cells if cell.value is not None]
    title = findings.of_panels(about.subject, categories, comparable or panels)
    pages = [panels[start : start + PANELS] for start in range(0, len(panels), PANELS)]
    for at, page in enumerate(pages, start=1):
        words = {"subject": about.subject, "part": at, "parts": len(pages)}
        yield Multiples(
            about.key if at == 1 else f"{about.key}-{at}",
            title if at == 1 else _("%(subject)s, del %(part)s av %(parts)s") % words,
            _("%(subtitle)s, samma skala i alla") % {"subtitle": about.subtitle},
            tuple(categories),
            tuple(series),
            tuple(page),
            -int(-max(shown, default=0) // 1),
            about.unit,
            about.grid_key,
        )
