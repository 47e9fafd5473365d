"""Tables that the report on results lays out in the same way: by sex with difference and share, before and after."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from finsam.disclosure.cells import TOTAL, Cell, Key
from finsam.publications.blocks import Grid, GridRow, Show
from finsam.reports.national_annual.counts import BY_SEX
from finsam.reports.national_annual.people import sexes
from finsam.reports.national_results.figures import Figures
from finsam.statistics.derived import by_sex as derived_by_sex
from finsam.statistics.derived.reliability import share
from finsam.statistics.derived.shares import change, difference
from finsam.values.keys import Code

FIVE = (Show.COUNT, Show.COUNT, Show.COUNT, Show.COUNT, Show.PERCENT)
SHARES = (Show.PERCENT, Show.PERCENT, Show.PERCENT, Show.COUNT, Show.COUNT)

Rows = Iterable[tuple[str, tuple[Cell, ...]]]


def compared() -> Mapping[str, str]:
    """Name what is compared before and after."""
    return {"support": _("Försörjning"), "occupation": _("Sysselsättning")}


def by_sex() -> tuple[str, ...]:
    """Name the columns of a table by sex."""
    return (*sexes().values(), _("Skillnad"), _("Andel kvinnor"))


def shares_by_sex() -> tuple[str, ...]:
    """Name the columns of shares by sex; each share has its own base, and that of all is shown."""
    return (*sexes().values(), _("Skillnad i procentenheter"), _("Bas"))


def numbers(figures: Figures, table: str, figure: str = "") -> Mapping[Key, tuple[Cell, ...]]:
    """Give women, men, total, difference and share of women for every row of a table."""
    found = figures.tables[table]
    return {
        row.key: (row.women, row.men, row.total, row.difference, row.share.percent)
        for row in derived_by_sex.numbers(found, figure or found.figures[0])
    }


def shares(figures: Figures, table: str) -> Mapping[Key, tuple[Cell, ...]]:
    """Give the percentages of women, men and all, their difference, and the base, for every row of a table."""
    found = figures.tables[table]
    return {
        row.key: (row.women.percent, row.men.percent, row.total.percent, row.difference, row.total.base)
        for row in derived_by_sex.shares(found, "part", found, "base")
    }


def grid_by_sex(key: str, caption: str, corner: str, rows: Rows, note: str = "") -> Grid:
    """Lay rows out with women, men, total, difference and share."""
    return Grid(key, caption, corner, (), by_sex(), FIVE, tuple(GridRow(*row) for row in rows), note)


def grid_of_shares(key: str, caption: str, corner: str, rows: Rows, note: str = "") -> Grid:
    """Lay shares out with women, men, total, difference and base."""
    return Grid(key, caption, corner, (), shares_by_sex(), SHARES, tuple(GridRow(*row) for row in rows), note)


def of_codes(figures: Figures, table: str, dimension: str) -> Rows:
    """Give a row for each code of a dimension, and one for all, of a table of the report's own year."""
    found, year = numbers(figures, table), str(figures.year)
    for code in (*figures.codes(table, dimension), TOTAL):
        yield figures.label(dimension, code), found[year, code]


def before_and_after(figures: Figures, table: str, dimension: str, caption: str) -> Grid:
    """Lay out how many had each support or occupation before and after, by sex."""
    after = len(FIVE)

    def cells(code: Code) -> tuple[Cell, ...]:
        women, men, total = (figures.side(table, code, "after", sex) for sex in BY_SEX)
        before = tuple(figures.side(table, code, "before", sex) for sex in BY_SEX)
        return (*before, women, men, total, difference(men, women), share(women, total).percent)

    rows = tuple(GridRow(figures.label(dimension, code), cells(code)) for code in sides(figures, table, dimension))
    groups = ((_("Före"), len(BY_SEX)), (_("Efter"), after))
    columns = (*sexes().values(), *by_sex())
    shows = (*(Show.COUNT for _sex in BY_SEX), *FIVE)
    return Grid(f"{table}_sides", caption, compared()[dimension], groups, columns, shows, rows, "")


def changed(figures: Figures, table: str, dimension: str, caption: str) -> Grid:
    """Lay out the change from before to after in number and in percent of before, by sex."""

    def cells(code: Code) -> tuple[Cell, ...]:
        pairs = [tuple(figures.side(table, code, side, sex) for side in ("before", "after")) for sex in BY_SEX]
        return (*(difference(*pair) for pair in pairs), *(change(*pair) for pair in pairs))

    rows = tuple(GridRow(figures.label(dimension, code), cells(code)) for code in sides(figures, table, dimension))
    groups = ((_("Förändring i antal"), len(BY_SEX)), (_("Förändring i procent"), len(BY_SEX)))
    shows = (Show.COUNT,) * len(BY_SEX) + (Show.PERCENT,) * len(BY_SEX)
    return Grid(
        f"{table}_changed", caption, compared()[dimension], groups, tuple(sexes().values()) * 2, shows, rows, ""
    )


def sides(figures: Figures, table: str, dimension: str) -> Sequence[Code]:
    """Give the codes that somebody had before or after."""
    every = dict.fromkeys((*figures.codes(table, dimension), *figures.codes(table, f"{dimension}_after")))
    return [code for code in every if {figures.side(table, code, side).value for side in ("before", "after")} != {0}]
