"""The part of the report on results about time: how long participations last, and time in support before them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.disclosure.cells import TOTAL, Cell
from finsam.publications.blocks import Block, Grid, GridRow, Heading, Lines, Paragraph, Series, Show
from finsam.publications.wording import many, months, paragraph, say, spoken
from finsam.reports.national_annual.counts import BY_SEX, SEXES
from finsam.reports.national_annual.people import sexes
from finsam.reports.national_results import grids, lengths
from finsam.reports.national_results.derived import QUARTILES, STAYING
from finsam.reports.national_results.figures import Figures
from finsam.statistics.derived.lengths import MORE, SUPPORT_ENDS, code
from finsam.statistics.derived.shares import difference
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.values.keys import Code


def quartile_names() -> dict[Code, str]:
    """Name the quartiles."""
    return {
        "lower": _("En fjärdedel inom"),
        "median": _("Hälften inom"),
        "upper": _("Tre fjärdedelar inom"),
    }


def blocks(figures: Figures) -> Iterator[Block]:
    """Give the part."""
    yield Heading(2, _stays_heading(figures))
    yield Paragraph(paragraph(_stays(figures)))
    yield _lines(figures)
    yield _quartiles(figures, lengths.STAYS, _("Månader i insats, deltaganden som började %(first)s–%(last)s"))
    yield _left(figures)
    yield Heading(2, _("Tid i offentlig försörjning före"))
    yield Paragraph(paragraph(_support(figures)))
    yield _quartiles(figures, lengths.SUPPORT, _("Månader i offentlig försörjning före, avslutade %(last)s"))
    yield _classes(figures)


def _quartile(figures: Figures, length: str, quartile: str, sex: Code = TOTAL) -> Cell:
    return figures.cell("quartiles", str(figures.year), length, quartile, sex)


def _stays_heading(figures: Figures) -> str:
    median = _quartile(figures, lengths.STAYS, "median")
    return say(_("Hälften har slutat inom %(n)s"), n=months(median)) or _("Tid i insats")


def _stays(figures: Figures) -> Iterator[str]:
    first, last = str(figures.years[0]), str(figures.year)
    yield say(
        _("Av dem som började en insats %(first)s–%(last)s hade en fjärdedel slutat inom %(n)s."),
        first=first, last=last, n=months(_quartile(figures, lengths.STAYS, "lower")),
    )  # fmt: skip
    yield say(_("Tre fjärdedelar hade slutat inom %(n)s."), n=months(_quartile(figures, lengths.STAYS, "upper")))
    women, men = (_quartile(figures, lengths.STAYS, "median", sex) for sex in SEXES)
    yield say(_("Medianen är %(women)s för kvinnor och %(men)s för män."), women=months(women), men=months(men))
    going_on = figures.cell(lengths.STAYS, last, TOTAL, TOTAL, figure="still_in")
    yield say(
        spoken(
            going_on,
            _("Inget deltagande pågick vid årets slut."),
            ngettext(
                "%(n)s deltagande pågick vid årets slut. Också det räknas, så länge som det har varat (Kaplan–Meier).",
                "%(n)s deltaganden pågick vid årets slut. Också de räknas, så länge som de har varat (Kaplan–Meier).",
                many(going_on),
            ),
        ),
        n=going_on,
    )


def _lines(figures: Figures) -> Lines:
    series = tuple(
        Series(sexes()[sex], sex, tuple(_staying(figures, months, sex) for months in lengths.MONTHS)) for sex in SEXES
    )
    median = _quartile(figures, lengths.STAYS, "median")
    subject = _("Andel som är kvar i insatsen")
    return Lines(
        key="staying",
        title=say(_("%(subject)s: hälften efter %(n)s"), subject=subject, n=months(median)) or subject,
        subtitle=_("Procent efter antal månader, deltaganden som började %(first)s–%(last)s")
        % {"first": figures.years[0], "last": figures.year},
        categories=tuple(map(str, lengths.MONTHS)),
        series=series,
        unit=_("procent"),
        grid_key=STAYING,
    )


def _staying(figures: Figures, months: int, sex: Code) -> Cell:
    return figures.of_year(STAYING, code(months), sex)


def _left(figures: Figures) -> Grid:
    """Show every class: how many ended in it, of how many no more is known, and the share that goes on."""

    def cells(key: Code) -> tuple[Cell, ...]:
        return tuple(
            figures.cell(lengths.STAYS, str(figures.year), key, sex, figure=figure)
            for figure in lengths.LEFT
            for sex in BY_SEX
        )

    def going_on(months: int) -> tuple[Cell, ...]:
        return tuple(_staying(figures, months, sex) for sex in BY_SEX)

    rows = tuple(GridRow(str(months), (*cells(code(months)), *going_on(months))) for months in lengths.MONTHS)
    groups = tuple((name, len(BY_SEX)) for name in (_("Slutade"), _("Pågår"), _("Andel kvar")))
    columns = tuple(sexes().values()) * len(groups)
    shows = (Show.COUNT,) * 2 * len(BY_SEX) + (Show.PERCENT,) * len(BY_SEX)
    caption = _("Deltaganden efter hur många månader de har varat")
    note = _("En månad är en tolftedel av 365 dagar, uppåt avrundat. De som varat längre än tabellen räknas som kvar.")
    return Grid(STAYING, caption, _("Månad"), groups, columns, shows, rows, note)


def _quartiles(figures: Figures, length: str, caption: str) -> Grid:
    rows = tuple(
        GridRow(quartile_names()[quartile], (*of, difference(of[1], of[0])))
        for quartile in QUARTILES
        for of in [[_quartile(figures, length, quartile, sex) for sex in BY_SEX]]
    )
    columns = (*sexes().values(), _("Skillnad"))
    said = caption % {"first": figures.years[0], "last": figures.year}
    note = {
        lengths.STAYS: _("Hela månader. Gjord av tabellen med alla månader."),
        lengths.SUPPORT: _("Den sista månaden i klassen som andelen nås i. Gjord av tabellen med alla klasser."),
    }[length]
    return Grid(f"{length}_quartiles", said, _("Andel"), (), columns, (Show.COUNT,) * len(columns), rows, note)


def _support(figures: Figures) -> Iterator[str]:
    yield say(
        _("Hälften av dem som avslutade %(year)s hade haft offentlig försörjning i högst %(n)s före insatsen."),
        year=str(figures.year), n=months(_quartile(figures, lengths.SUPPORT, "median")),
    )  # fmt: skip
    lower, upper = (_quartile(figures, lengths.SUPPORT, quartile) for quartile in ("lower", "upper"))
    yield say(
        _("En fjärdedel hade haft det i högst %(lower)s och tre fjärdedelar i högst %(upper)s."),
        lower=months(lower), upper=months(upper),
    )  # fmt: skip


def class_names() -> dict[Code, str]:
    """Name the classes of time in support before."""
    first = (0, *(end + 1 for end in SUPPORT_ENDS[:-1]))
    pairs = zip(first, SUPPORT_ENDS, strict=True)
    names: dict[Code, str] = {
        code(last): _("%(from)s–%(to)s månader") % {"from": low, "to": last} for low, last in pairs
    }
    longest = SUPPORT_ENDS[-1] + 1
    more = _("%(months)s månader eller längre") % {"months": longest}
    return names | {MORE: more, UNKNOWN: _("Uppgift saknas"), TOTAL: _("Totalt")}


def _classes(figures: Figures) -> Grid:
    found, year = grids.numbers(figures, lengths.SUPPORT), str(figures.year)
    rows = [(name, found[year, key]) for key, name in class_names().items()]
    caption = _("Avslutade deltaganden %(year)s efter tid i offentlig försörjning före") % {"year": figures.year}
    return grids.grid_by_sex("months_in_support", caption, _("Tid"), rows)
