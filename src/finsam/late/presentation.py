"""Late registration as people read it: the triangle, the estimate with its interval, and how often intervals held."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from finsam.disclosure.cells import MISSING, Cell
from finsam.publications.blocks import Bars, Block, Grid, GridRow, Paragraph, Publication, Series, Show
from finsam.publications.wording import language, paragraph
from finsam.reports.labels import figure_words
from finsam.statistics.derived.shares import difference
from finsam.statistics.figures import late_estimates
from finsam.statistics.figures.late_estimates import Estimate, Hindsight
from finsam.statistics.figures.late_registration import NAMES, Shown, said, seen
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.periods import Periods
from finsam.values.keys import written
from finsam.values.shares import change, rounded, swedish_number

KEY = "late"
SOON = 12  # months after the end of a year


def names() -> dict[str, str]:
    """What each figure is called."""
    return {name: figure_words(name) for name in NAMES}


@dataclass(frozen=True)
class Late:
    """One figure as the snapshots show it; everything below is made of cells that may be shown."""

    shown: Sequence[Shown]
    figure: str

    @cached_property
    def seen(self) -> list[late_estimates.Seen]:
        """What is shown of the figure."""
        return [one for one in seen(self.shown, self.figure) if one.period in self.years]

    @cached_property
    def years(self) -> list[int]:
        """The years that were first seen when they had just ended, and in which there is, or may be, anybody.

        Of others nobody knows how they grew at first, and what they did much later would only put the test off.
        """
        found: dict[int, int] = {}
        for one in self.shown:
            for (year, figure), (cell,) in one.table.cells.items():
                if figure == self.figure and cell.value != 0:
                    number = int(written(year))
                    age = late_estimates.delay_of(number, Periods.years(number), one.as_of)
                    found[number] = min(age, found.get(number, age))
        return sorted(year for year, age in found.items() if age < SOON)

    @property
    def periods(self) -> Periods:
        """The same years without gaps."""
        return Periods.years(self.years[0], self.years[-1])

    @cached_property
    def triangle(self) -> dict[int, dict[int, Cell]]:
        """The cells by year and months since it ended, also those that are hidden; of several as old the last taken."""
        laid: dict[int, dict[int, Cell]] = {}
        for one in self.shown:
            for year in self.years:
                cell = one.cell(year, self.figure)
                if cell is not None:
                    laid.setdefault(year, {})[late_estimates.delay_of(year, self.periods, one.as_of)] = cell
        return laid

    @property
    def delays(self) -> list[int]:
        """The ages at which any year has been seen."""
        return sorted({delay for row in self.triangle.values() for delay in row})

    @cached_property
    def estimate(self) -> Estimate | None:
        """What the newest year is expected to come to; None when its newest count is hidden."""
        if not self.seen:
            return None
        found = late_estimates.estimate(self.seen, self.periods)
        newest = max(self.triangle)
        return found if (found.period, found.delay) == (newest, max(self.triangle[newest])) else None

    @cached_property
    def checked(self) -> list[Hindsight]:
        """The earlier estimates that can be held against what the figure came to."""
        return late_estimates.hindsight(self.seen, self.periods) if self.seen else []


def publication(found: Late, spoken: str) -> Publication:
    """Everything a page shows of a figure, in Swedish (sv) or English (en)."""
    newest = max(found.shown, key=lambda one: one.as_of)
    with override(spoken):
        return Publication(
            key=KEY,
            title=names()[found.figure],
            year=newest.as_of.year,
            language=language(),
            snapshot_id=newest.name,
            as_of=newest.as_of,
            lead=paragraph(sentences(found)),
            blocks=tuple(_blocks(found)) if found.years else (),
            tables=(),
            rule=settings.DISCLOSURE_RULE,  # a triangle is kept for one rule only
        )


def sentences(found: Late) -> Iterator[str]:
    """Say the estimate, its interval and how far it is to be trusted, in plain words."""
    if not found.years:
        yield _("Ingen är räknad under de år som ögonblicksbilderna visar.")
        return
    if found.estimate is None:
        yield _("Det nyaste antalet är för litet för att visas. Därför går det inte att uppskatta vad det blir.")
        return
    one = found.estimate
    words = {"figure": names()[found.figure], "year": one.period, "day": one.as_of, "seen": _number(one.seen)}
    yield _("%(figure)s %(year)s: %(seen)s enligt ögonblicksbilden per %(day)s.") % words
    yield from _expected(one)
    yield from _trust(found)


def _expected(one: Estimate) -> Iterator[str]:
    if one.low is None or one.high is None:
        yield _(
            "Det går inte att uppskatta vad antalet slutar på än: för det behövs minst två äldre år som har setts "
            "både så snart efter årets slut och senare."
        )
        return
    if one.low == one.high == one.seen:
        yield _("Inget äldre år har ändrats efter den åldern, så inget talar för att antalet ändras.")
        return
    words = {"expected": _number(one.expected), "low": _number(one.low), "high": _number(one.high), "after": one.after}
    yield (
        ngettext(
            "Det väntas bli %(expected)s när %(after)s månad har gått sedan årets slut, om registreringen kommer in "
            "som förut. Fyra gånger av fem ska det hamna mellan %(low)s och %(high)s.",
            "Det väntas bli %(expected)s när %(after)s månader har gått sedan årets slut, om registreringen kommer in "
            "som förut. Fyra gånger av fem ska det hamna mellan %(low)s och %(high)s.",
            one.after,
        )
        % words
    )


def _trust(found: Late) -> Iterator[str]:
    held = late_estimates.share_held(found.checked)
    if held is None:
        if found.estimate is not None and found.estimate.low is not None:
            yield _("Inget äldre intervall går att kontrollera än, så ingen vet om det håller vad det lovar.")
        return
    words = {
        "held": sum(one.held for one in found.checked),
        "all": len(found.checked),
        "percent": _number(rounded(held * 100)),
    }
    yield (
        _nothing_held(len(found.checked))
        if not held
        else ngettext(
            "Av %(all)s tidigare intervall som går att kontrollera höll %(held)s.",
            "Av %(all)s tidigare intervall som går att kontrollera höll %(held)s, alltså %(percent)s procent.",
            len(found.checked),
        )
        % words
    )
    if held * 5 < 3:
        yield _("Det är långt under fyra av fem. Lita inte på intervallet.")


def _nothing_held(checked: int) -> str:
    return ngettext(
        "Det enda tidigare intervall som går att kontrollera höll inte.",
        "Av %(all)s tidigare intervall som går att kontrollera höll inget.",
        checked,
    ) % {"all": checked}


def _blocks(found: Late) -> Iterator[Block]:
    yield Paragraph(_method(), counted=False)
    if bars := _bars(found):
        yield bars
    yield _grid(found)
    if found.checked:
        yield _hindsight(found.checked)


def _grid(found: Late) -> Grid:
    rows = tuple(
        GridRow(str(year), tuple(found.triangle[year].get(delay, MISSING) for delay in found.delays))
        for year in sorted(found.triangle)
    )
    caption = _("%(figure)s efter år och månader sedan årets slut") % {"figure": names()[found.figure]}
    months = tuple(map(str, found.delays))
    groups = ((_("Månader sedan årets slut"), len(months)),)
    note = _("Ett streck står där ingen ögonblicksbild är tagen.")
    return Grid(KEY, caption, _("År"), groups, months, (Show.COUNT,) * len(months), rows, note)


def _hindsight(checked: Sequence[Hindsight]) -> Grid:
    rows = tuple(
        GridRow(
            f"{one.estimate.period}, {one.estimate.as_of}",
            said(one),
        )
        for one in checked
    )
    columns = (_("Sågs då"), _("Väntades bli"), _("Lägst"), _("Högst"), _("Blev"))
    caption = _("Vad som skulle ha sagts tidigare, och vad det blev")
    return Grid("hindsight", caption, _("År, per dag"), (), columns, (Show.COUNT,) * len(columns), rows)


def _bars(found: Late) -> Bars | None:
    """How many more each year has in the newest snapshot than when it was first seen."""
    rows = [(year, row) for year, row in sorted(found.triangle.items()) if len(row) > 1]
    if not rows:
        return None
    first, newest = ([row[pick(row)] for _year, row in rows] for pick in (min, max))
    grown = tuple(difference(before, after) for before, after in zip(first, newest, strict=True))
    subject = names()[found.figure]
    return Bars(
        key="grown",
        title=_finding(subject, first, newest),
        subtitle=_("Så många fler än i den första ögonblicksbilden efter årets slut"),
        categories=tuple(str(year) for year, _row in rows),
        series=(Series(subject, "first", grown),),
        unit=_("personer") if FIGURES[found.figure].unit == "persons" else _("deltaganden"),
        grid_key=KEY,
    )


def _finding(subject: str, first: Sequence[Cell], newest: Sequence[Cell]) -> str:
    """How much the years have grown together since they were first seen; the subject alone when a cell is hidden."""
    before, after = (sum(int(cell.value or 0) for cell in cells) for cells in (first, newest))
    grown = change(before, after)
    if grown is None or any(cell.value is None for cell in (*first, *newest)):
        return subject
    if not grown:
        return _("%(subject)s: lika många nu som första gången") % {"subject": subject}
    words = {"subject": subject, "percent": swedish_number(rounded(abs(grown)), language())}
    if grown > 0:
        return _("%(subject)s: %(percent)s procent fler nu än första gången") % words
    return _("%(subject)s: %(percent)s procent färre nu än första gången") % words


def _method() -> str:
    return _(
        "Uppskattningen antar att det nyaste året växer som de äldre har gjort (kedjestege med Macks medelfel). "
        "Kontrollen gör om varje äldre uppskattning med det som var känt då. Allt räknas på antal som får visas."
    )


def _number(value: int | Fraction) -> str:
    return swedish_number(value, language())


def lines(found: Late) -> Iterator[str]:
    """The triangle as lines of text: a year a line, a column for each age; none without years."""
    if not found.years:
        return
    head = [_("År"), *(_("%(months)s mån") % {"months": delay} for delay in found.delays)]
    rows = [head]
    for year in sorted(found.triangle):
        row = found.triangle[year]
        rows.append([str(year), *(_written(row[delay]) if delay in row else "" for delay in found.delays)])
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    for line in rows:
        yield "  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)).rstrip()


def _written(cell: Cell) -> str:
    return "··" if cell.value is None else _number(int(cell.value))
