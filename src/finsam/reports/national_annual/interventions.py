"""The part of the national annual report about interventions: how many, for whom, of which kind, and over time."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from finsam.disclosure.cells import TOTAL, Cell
from finsam.publications import wording
from finsam.publications.blocks import Bars, Block, Grid, GridRow, Heading, Paragraph, Series, Show
from finsam.publications.wording import moved, paragraph, percent, say, spoken
from finsam.reports.national_annual.figures import Figures
from finsam.statistics.derived.comparisons import Trend, most_common, trend
from finsam.statistics.derived.shares import difference, share
from finsam.values.codes.need_groups import PRIORITISED
from finsam.values.keys import Code, Sum

ROLES = ("first", "second", "third")


def blocks(figures: Figures) -> Iterator[Block]:
    """Give the part, from all interventions to each priority group and all years."""
    yield Heading(2, _heading(figures))
    yield Paragraph(paragraph(_all(figures)))
    yield _grid(figures)
    for group in PRIORITISED:
        yield Heading(3, _for(figures, group))
        yield Paragraph(paragraph(_group(figures, group)))
    yield from (_directions(figures, kind) for kind in _kinds())
    yield Heading(3, _("Antal insatser över tid"))
    yield Paragraph(paragraph(sentence for group in PRIORITISED for sentence in _since_first(figures, group)))
    yield _bars(figures)
    yield _over_time(figures)


def _for(figures: Figures, group: Code) -> str:
    return _("Insatser för %(group)s") % {"group": _lower(figures.label("need_group", group))}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _heading(figures: Figures) -> str:
    way = trend(figures.interventions(year=figures.year - 1), figures.interventions())
    return {
        None: _("Insatser"),
        Trend.ROSE: _("Fler insatser än %(year)s"),
        Trend.FELL: _("Färre insatser än %(year)s"),
        Trend.UNCHANGED: _("Lika många insatser som %(year)s"),
    }[way] % {"year": figures.year - 1}


def _all(figures: Figures) -> Iterator[str]:
    count, before = figures.interventions(), figures.interventions(year=figures.year - 1)
    year, last = str(figures.year), str(figures.year - 1)
    yield say(_("Under %(year)s finansierade samordningsförbunden %(n)s."), year=year, n=wording.interventions(count))
    if before.value:
        yield say(
            _("Antalet %(moved)s jämfört med %(last)s, då det var %(before)s."),
            moved=moved(before, count), last=last, before=before,
        )  # fmt: skip
    individual, structural = (percent(share(figures.interventions(kind=kind), count)) for kind in _kinds())
    yield say(
        _("%(individual)s av insatserna är individinriktade och %(structural)s är strukturövergripande."),
        individual=individual, structural=structural,
    )  # fmt: skip
    yield from _most(figures, "individual", _("Flest individinriktade insatser har inriktningen %(names)s."))
    yield from _most(figures, "structural", _("Flest strukturövergripande insatser har inriktningen %(names)s."))
    yield from _prioritised(figures, count)


def _kinds() -> tuple[str, str]:
    return "individual", "structural"


def _most(figures: Figures, kind: str, sentence: str) -> Iterator[str]:
    cells = {code: figures.interventions(kind=kind, direction=code) for code in figures.directions[kind]}
    if common := most_common(cells):
        yield sentence % {"names": wording.listed(_lower(figures.label("direction", code)) for code in common)}


def _comparable(figures: Figures, group: Code) -> Callable[[int], Cell]:
    """Give the interventions for a need group by year, as years may be compared."""
    return figures.comparable("need_group", [group], lambda year: figures.interventions(group, year=year))


def _comparable_sum(figures: Figures) -> Callable[[int], Cell]:
    """Give those for any of the groups with priority: comparable where each of the groups is."""
    cells: Callable[[int], Cell] = lambda year: figures.interventions(Sum.PRIORITISED, year=year)  # noqa: E731
    for group in PRIORITISED:
        cells = figures.comparable("need_group", [group], cells)
    return cells


def _prioritised(figures: Figures, count: Cell) -> Iterator[str]:
    now, before = figures.interventions(Sum.PRIORITISED), _comparable_sum(figures)(figures.year - 1)
    yield say(
        spoken(
            now,
            _("Ingen insats riktar sig särskilt till någon av de tre prioriterade behovsgrupperna."),
            _("%(n)s (%(part)s av alla) riktar sig särskilt till någon av de tre prioriterade behovsgrupperna."),
        ),
        n=wording.interventions(now), part=percent(share(now, count)),
    )  # fmt: skip
    if not before.value:
        return
    yield say(
        _("Det antalet %(moved)s jämfört med %(last)s, då det var %(before)s (%(part)s)."),
        moved=moved(before, now), last=str(figures.year - 1), before=before,
        part=percent(share(before, figures.interventions(year=figures.year - 1))),
    )  # fmt: skip


def _group(figures: Figures, group: Code) -> Iterator[str]:
    count, year = figures.interventions(group), str(figures.year)
    if not count.value:
        yield _("Under %(year)s fanns ingen insats som särskilt riktar sig till gruppen.") % {"year": year}
    else:
        yield say(
            _("Under %(year)s finansierade %(associations)s %(n)s som särskilt riktar sig till gruppen."),
            year=year, associations=wording.associations(figures.associations(group)), n=wording.interventions(count),
        )  # fmt: skip
    yield from _since_last_year(figures, group)
    yield from _kinds_and_direction(figures, group)


def _since_last_year(figures: Figures, group: Code) -> Iterator[str]:
    last, now = figures.year - 1, figures.interventions(group)
    before, places = _comparable(figures, group)(last), figures.associations(group, year=last)
    if before.value:
        yield say(
            _("Antalet insatser %(moved)s jämfört med %(last)s, då det var %(before)s i %(associations)s."),
            moved=moved(before, now), last=str(last), before=before, associations=wording.associations(places),
        )  # fmt: skip
    elif before.value == 0 and now.value:
        yield _("%(last)s fanns ingen.") % {"last": last}


def _kinds_and_direction(figures: Figures, group: Code) -> Iterator[str]:
    count = figures.interventions(group)
    individual, structural = (percent(share(figures.interventions(group, kind), count)) for kind in _kinds())
    yield say(
        _("%(individual)s är individinriktade och %(structural)s är strukturövergripande."),
        individual=individual, structural=structural,
    )  # fmt: skip
    common, part = _most_common(figures, group)
    if common:
        names = wording.listed(_lower(figures.label("direction", code)) for code in common)
        yield say(
            _("Den vanligaste inriktningen bland de individinriktade är %(names)s: %(part)s."),
            names=names, part=percent(part),
        )  # fmt: skip


def _most_common(figures: Figures, group: Code, year: int | None = None) -> tuple[tuple[str, ...], Cell]:
    """Find the most common direction of the individual interventions, and its share of them."""
    cells = {
        code: figures.interventions(group, "individual", code, year=year) for code in figures.directions["individual"]
    }
    common = most_common(cells)
    individual = figures.interventions(group, "individual", year=year)
    return common, share(cells[common[0]] if common else individual, individual)


def _grid(figures: Figures) -> Grid:
    rows = tuple(GridRow(_group_name(figures, group), _group_cells(figures, group)) for group in (*PRIORITISED, TOTAL))
    columns = (
        _("Insatser"),
        _("Förbund"),
        _("Individinriktade"),
        _("Strukturövergripande"),
        _("Vanligaste inriktningen"),
    )
    shows = (Show.COUNT, Show.COUNT, Show.PERCENT, Show.PERCENT, Show.PERCENT)
    caption = _("Insatser för behovsgrupper %(year)s") % {"year": figures.year}
    note = _(
        "Vanligaste inriktningen: dess andel av de individinriktade insatserna. En insats kan ha flera behovsgrupper."
    )
    return Grid("interventions", caption, _("Behovsgrupp"), (), columns, shows, rows, note)


def _group_name(figures: Figures, group: Code) -> str:
    return _("Alla insatser") if group == TOTAL else figures.label("need_group", group)


def _group_cells(figures: Figures, group: Code) -> tuple[Cell, ...]:
    count = figures.interventions(group)
    kinds = (share(figures.interventions(group, kind), count) for kind in _kinds())
    return count, figures.associations(group), *kinds, _most_common(figures, group)[1]


def _directions(figures: Figures, kind: str) -> Grid:
    """Show one kind: a direction may have the same name under the other."""
    shown = (*PRIORITISED, TOTAL)
    every = {"individual": _("Alla individinriktade"), "structural": _("Alla strukturövergripande")}[kind]
    names = {code: figures.label("direction", code) for code in figures.directions[kind]} | {TOTAL: every}
    rows = tuple(
        GridRow(name, tuple(figures.interventions(group, kind, code) for group in shown))
        for code, name in names.items()
    )
    caption = {
        "individual": _("Individinriktade insatser efter inriktning %(year)s"),
        "structural": _("Strukturövergripande insatser efter inriktning %(year)s"),
    }[kind] % {"year": figures.year}
    columns = tuple(_group_name(figures, group) for group in shown)
    corner = pgettext("direction", "Inriktning")
    return Grid(f"directions_{kind}", caption, corner, (), columns, (Show.COUNT,) * len(columns), rows)


def _since_first(figures: Figures, group: Code) -> Iterator[str]:
    """Compare with the first of the years that had any intervention for the group, among those in which it existed."""
    cells = _comparable(figures, group)
    first = next((year for year in figures.years[:-1] if cells(year).value), None)
    if first is not None:
        before, now = cells(first), cells(figures.year)
        same = trend(before, now) is Trend.UNCHANGED
        yield say(
            _("Antalet insatser för %(group)s %(moved)s sedan %(first)s: fortfarande %(now)s.")
            if same
            else _("Antalet insatser för %(group)s %(moved)s sedan %(first)s: från %(before)s till %(now)s (%(n)s)."),
            group=_lower(figures.label("need_group", group)), moved=moved(before, now), first=str(first),
            before=before, now=now, n=wording.signed(difference(before, now)),
        )  # fmt: skip


def _bars(figures: Figures) -> Bars:
    series = tuple(
        Series(figures.label("need_group", group), role, _years(figures, group))
        for group, role in zip(PRIORITISED, ROLES, strict=True)
    )
    return Bars(
        key="interventions_over_time",
        title=wording.finding(
            map(_comparable_sum(figures), figures.years),
            _("Insatser för de prioriterade behovsgrupperna"),
            figures.year,
        ),
        subtitle=_("Diagram 1. Antal insatser per år"),
        categories=tuple(map(str, figures.years)),
        series=series,
        unit=_("insatser"),
        grid_key="over_time",
    )


def _years(figures: Figures, group: Code) -> tuple[Cell, ...]:
    return tuple(figures.interventions(group, year=year) for year in figures.years)


def _over_time(figures: Figures) -> Grid:
    shown = (*PRIORITISED, TOTAL)
    rows = tuple(
        GridRow(
            str(year),
            tuple(
                cell
                for group in shown
                for cell in (figures.interventions(group, year=year), figures.associations(group, year=year))
            ),
        )
        for year in figures.years
    )
    groups = tuple((_group_name(figures, group), 2) for group in shown)
    columns = (_("Insatser"), _("Förbund")) * len(shown)
    return Grid("over_time", _("Insatser över tid"), _("År"), groups, columns, (Show.COUNT,) * len(columns), rows)
