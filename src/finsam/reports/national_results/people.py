"""The part of the report on results about who they are: age, education, earlier participations; and where they live."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.disclosure.cells import TOTAL, Cell
from finsam.publications import diagrams
from finsam.publications.blocks import (
    Area,
    AreaMap,
    Block,
    Grid,
    GridRow,
    Heading,
    Panel,
    Paragraph,
    Pyramid,
    Series,
    Show,
)
from finsam.publications.diagrams import About
from finsam.publications.wording import many, number, paragraph, percent, say, spoken
from finsam.reports.national_annual.counts import BY_SEX, SEXES
from finsam.reports.national_annual.people import sexes
from finsam.reports.national_results import grids
from finsam.reports.national_results.figures import Figures
from finsam.statistics.derived.reliability import FEW
from finsam.statistics.derived.shares import share
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.values.keys import Code, Key


def blocks(figures: Figures) -> Iterator[Block]:
    """Give the part."""
    yield Heading(2, _("Vilka som avslutade"))
    yield Paragraph(paragraph(_who(figures)))
    yield _pyramid(figures)
    captions = {
        "ages": ("age_group", _("Ålder"), _("Personer som avslutade %(year)s efter ålder")),
        "educations": ("education", _("Utbildning"), _("Personer som avslutade %(year)s efter utbildning")),
        "repeats": ("stay_number", _("Gång"), _("Personer som avslutade %(year)s efter vilken gång i ordningen")),
        "at_once": ("at_once", _("Insatser"), _("Personer som avslutade %(year)s efter antal insatser på en gång")),
    }
    for table, (dimension, corner, caption) in captions.items():
        rows = grids.of_codes(figures, table, dimension)
        yield grids.grid_by_sex(table, caption % {"year": figures.year}, corner, rows)
    yield from _places(figures)


def _who(figures: Figures) -> Iterator[str]:
    ended = figures.outcome("ended", unit="persons")
    women = figures.outcome("ended", "women", unit="persons")
    yield say(
        spoken(
            ended,
            _("Ingen avslutade en insats under %(year)s."),
            ngettext(
                "%(n)s person avslutade minst en insats under %(year)s.",
                "%(n)s personer avslutade minst en insats under %(year)s.",
                many(ended),
            ),
        ),
        n=ended, year=str(figures.year),
    )  # fmt: skip
    if ended.value == 0:
        return
    yield say(_("%(women)s av dem är kvinnor."), women=percent(share(women, ended)))
    first = figures.of_year("repeats", "1")
    yield say(
        spoken(first, _("För ingen var det första gången."), _("För %(n)s (%(part)s) var det första gången.")),
        n=first, part=percent(share(first, ended)),
    )  # fmt: skip
    one = figures.of_year("at_once", "1")
    yield say(
        spoken(one, _("Ingen var i bara en insats i taget."), _("%(n)s (%(part)s) var i en insats i taget.")),
        n=one, part=percent(share(one, ended)),
    )  # fmt: skip


def _pyramid(figures: Figures) -> Pyramid:
    codes = [code for code in figures.codes("ages", "age_group") if code != UNKNOWN]
    sides = [Series(sexes()[sex], sex, tuple(figures.of_year("ages", code, sex) for code in codes)) for sex in SEXES]
    subtitle = _("Personer som avslutade %(year)s efter ålder och kön") % {"year": figures.year}
    about = About("ages_pyramid", _("Ålder"), subtitle, _("personer"), "ages")
    return diagrams.by_age(about, [figures.label("age_group", code) for code in codes], (sides[0], sides[1]))


def _places(figures: Figures) -> Iterator[Block]:
    yield Heading(2, _("Var de bor och vilket förbund"))
    caution = _("Skillnader mellan län och förbund säger mest vilka som deltar där, inte hur bra en insats är.")
    yield Paragraph(caution, counted=False)
    yield _map(figures)
    found, year = grids.shares(figures, "counties_shares"), str(figures.year)
    rows = [(figures.label("county", code), found[year, code]) for code in (*_counties(figures), TOTAL)]
    caption = _("Andel som arbetar eller studerar efter, län %(year)s") % {"year": figures.year}
    yield grids.grid_of_shares("counties", caption, _("Län"), rows, _("Basen är alla avslutade deltaganden."))
    yield from _panels(figures)
    yield _associations(figures)


def _counties(figures: Figures) -> Key:
    return figures.codes("counties", "county")


def _map(figures: Figures) -> AreaMap:
    found, total = grids.shares(figures, "counties_shares"), BY_SEX.index(TOTAL)
    codes = (code for code in _counties(figures) if isinstance(code, str))
    areas = tuple(Area(code, figures.label("county", code), found[str(figures.year), code][total]) for code in codes)
    return AreaMap(
        key="counties_map",
        title=_map_title(figures, areas),
        subtitle=_("Andel av de deltaganden som avslutades %(year)s, efter län") % {"year": figures.year},
        level="county",
        areas=areas,
        whole_country=True,
        unit=_("andel"),
        grid_key="counties",
    )


def _map_title(figures: Figures, areas: tuple[Area, ...]) -> str:
    """Name the highest and the lowest of the shares that are of enough participations to be compared."""
    shown = [area for area in areas if area.cell.value is not None and not area.cell.few]
    if len({area.cell.value for area in shown}) < 2:
        return _("Arbete och studier efter, län för län")
    low, high = (find(shown, key=lambda area: area.cell.value or 0) for find in (min, max))
    return _("Från %(low)s procent i %(lowest)s till %(high)s i %(highest)s") % {
        "low": number(low.cell), "lowest": low.label, "high": number(high.cell), "highest": high.label,
    }  # fmt: skip


def _panels(figures: Figures) -> Iterator[Block]:
    panels = [
        Panel(figures.label("county", code), (tuple(_ended(figures, code, year) for year in figures.years),))
        for code in _counties(figures)
    ]
    subtitle = _("Deltaganden som arbetar eller studerar efter, per år och län")
    about = About("counties_years", _("Arbete eller studier efter"), subtitle, _("deltaganden"), "counties_years")
    held = [
        Panel(panel.label, tuple(tuple(map(figures.comparable, cells, figures.years)) for cells in panel.cells))
        for panel in panels
    ]
    yield from diagrams.multiples(about, tuple(map(str, figures.years)), [(about.subject, "first")], panels, held)
    rows = tuple(
        GridRow(figures.label("county", code), tuple(_ended(figures, code, year) for year in figures.years))
        for code in (*_counties(figures), TOTAL)
    )
    columns = tuple(map(str, figures.years))
    shows = (Show.COUNT,) * len(columns)
    yield Grid("counties_years", subtitle, _("Län"), (), columns, shows, rows)


def _ended(figures: Figures, code: Code, year: int) -> Cell:
    return figures.cell("counties", str(year), code, TOTAL, figure="active")


def _associations(figures: Figures) -> Grid:
    year, codes = str(figures.year), figures.codes("associations", "association")
    named = sorted((figures.label("association", code), code) for code in codes)
    rows = tuple(
        GridRow(name, figures.tables["associations_shares"].cells[year, code])
        for name, code in (*named, (figures.label("association", TOTAL), TOTAL))
    )
    columns = (_("Arbetar eller studerar efter"), _("Avslutade"), _("Andel"))
    shows = (Show.COUNT, Show.COUNT, Show.PERCENT)
    caption = _("Avslutade deltaganden %(year)s efter samordningsförbund") % {"year": figures.year}
    note = _("Jämför inte andelar av färre än %(few)s.") % {"few": FEW}
    return Grid("associations", caption, _("Förbund"), (), columns, shows, rows, note)
