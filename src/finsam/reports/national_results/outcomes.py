"""The part of the report on results about outcomes: work and studies, occupation and support, and why they ended."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.disclosure.cells import TOTAL, Cell
from finsam.publications import diagrams, findings
from finsam.publications.blocks import Bars, Block, Grid, GridRow, Group, Heading, Paragraph, Series, Show, Transitions
from finsam.publications.diagrams import About
from finsam.publications.wording import many, moved, not_shown, paragraph, percent, say, spoken
from finsam.reports.national_annual.counts import BY_SEX, SEXES
from finsam.reports.national_annual.people import sexes
from finsam.reports.national_results import grids
from finsam.reports.national_results.figures import Figures
from finsam.statistics.derived.shares import share
from finsam.values.keys import Code

HOPED_FOR = {"supports": {"none"}, "occupations": {"work", "studies"}}


def outcome_names() -> dict[Code, str]:
    """Name the counts of those who ended."""
    return {
        "ended": _("Avslutade"),
        "active": _("Arbetar eller studerar efter"),
        "began": _("Började arbeta eller studera"),
        "increased": _("Utökade arbete eller studier"),
        "gained": _("Började eller utökade"),
    }


def blocks(figures: Figures) -> Iterator[Block]:
    """Give the part, from work and studies to each reason why participations end."""
    yield Heading(2, _heading(figures))
    yield Paragraph(paragraph(_active(figures)))
    yield _over_time(figures)
    yield _outcomes(figures)
    yield _shares(figures)
    yield _years(figures)
    yield _shares_over_years(figures)
    yield from _sure(figures)
    yield from _occupations(figures)
    yield from _supports(figures)
    yield from _reasons(figures)


def _heading(figures: Figures) -> str:
    part = percent(share(figures.outcome("active"), figures.outcome("ended")))
    return say(_("%(part)s arbetar eller studerar efter"), part=part) or _("Arbete och studier efter")


def _active(figures: Figures) -> Iterator[str]:
    ended, active, gained = (figures.outcome(figure) for figure in ("ended", "active", "gained"))
    year, last = str(figures.year), str(figures.year - 1)
    yield say(
        spoken(
            ended,
            _("Under %(year)s avslutades inget deltagande."),
            ngettext(
                "Under %(year)s avslutades %(n)s deltagande.",
                "Under %(year)s avslutades %(n)s deltaganden.",
                many(ended),
            ),
        ),
        year=year, n=ended,
    ) or not_shown(ended)  # fmt: skip
    if ended.value == 0:
        return
    yield say(
        spoken(
            active,
            _("Efter inget av dem arbetar eller studerar personen."),
            _("Efter %(active)s av dem (%(part)s) arbetar eller studerar personen."),
        ),
        active=active, part=percent(share(active, ended)),
    )  # fmt: skip
    yield say(
        spoken(
            gained,
            _("I inget av dem har personen börjat arbeta eller studera, eller gör det mer än före."),
            _("I %(gained)s har personen börjat arbeta eller studera, eller gör det mer än före: %(part)s."),
        ),
        gained=gained, part=percent(share(gained, ended)),
    )  # fmt: skip
    women, men = (percent(share(figures.outcome("active", sex), figures.outcome("ended", sex))) for sex in SEXES)
    yield say(_("Bland kvinnor är andelen i arbete eller studier %(women)s, bland män %(men)s."), women=women, men=men)
    years = (figures.year - 1, figures.year)
    if way := moved(*(figures.comparable(figures.outcome("active", year=one), one) for one in years)):
        yield _("Antalet i arbete eller studier %(moved)s jämfört med %(last)s.") % {"moved": way, "last": last}
    persons = figures.outcome("ended", unit="persons")
    yield say(
        ngettext(
            "Deltagandena är %(n)s persons: den som har avslutat flera räknas i vart och ett.",
            "Deltagandena är %(n)s personers: den som har avslutat flera räknas i vart och ett.",
            many(persons),
        ),
        n=persons,
    )


def _outcomes(figures: Figures) -> Grid:
    rows = []
    for unit, name in (("participations", _("deltaganden")), ("persons", _("personer"))):
        table = f"outcomes_{unit}"
        for figure in figures.tables[table].figures:
            cells = grids.numbers(figures, table, figure)[(str(figures.year),)]
            rows.append((f"{outcome_names()[figure]}, {name}", cells))
    caption = _("Avslutade %(year)s och vilka som arbetar eller studerar efter") % {"year": figures.year}
    return grids.grid_by_sex("outcomes", caption, _("Resultat"), rows)


def _shares(figures: Figures) -> Grid:
    found, year = grids.shares(figures, "outcome_shares"), str(figures.year)
    rows = [(name, found[year, outcome]) for outcome, name in outcome_names().items() if outcome != "ended"]
    caption = _("Andel av de avslutade deltagandena %(year)s") % {"year": figures.year}
    return grids.grid_of_shares(
        "outcome_shares", caption, _("Resultat"), rows, _("Basen är alla avslutade deltaganden.")
    )


def _over_time(figures: Figures) -> Bars:
    series = [
        Series(sexes()[sex], sex, tuple(figures.outcome("active", sex, year=year) for year in figures.years))
        for sex in SEXES
    ]
    about = About(
        "active_over_time",
        _("Arbetar eller studerar efter"),
        _("Deltaganden som avslutades under året, efter kön"),
        _("deltaganden"),
        "outcomes_over_time",
    )
    years = tuple(map(str, figures.years))
    held = [replace(one, cells=tuple(map(figures.comparable, one.cells, figures.years))) for one in series]
    title = findings.over_time(about.subject, years, held)
    return Bars(about.key, title, about.subtitle, years, tuple(series), about.unit, about.grid_key)


def _years(figures: Figures) -> Grid:
    shown = ("ended", "active")

    def cells(year: int) -> tuple[Cell, ...]:
        return tuple(figures.outcome(figure, sex, year=year) for figure in shown for sex in BY_SEX)

    rows = tuple(GridRow(str(year), cells(year)) for year in figures.years)
    groups = tuple((outcome_names()[figure], len(BY_SEX)) for figure in shown)
    columns = tuple(sexes().values()) * len(shown)
    caption = _("Avslutade deltaganden och arbete eller studier efter, år för år")
    return Grid("outcomes_over_time", caption, _("År"), groups, columns, (Show.COUNT,) * len(columns), rows)


def _shares_over_years(figures: Figures) -> Grid:
    found = grids.shares(figures, "outcome_shares")
    rows = [(str(year), found[str(year), "active"]) for year in figures.years]
    caption = _("Andel som arbetar eller studerar efter, år för år")
    return grids.grid_of_shares("active_shares", caption, _("År"), rows, _("Basen är alla avslutade deltaganden."))


def _sure(figures: Figures) -> Iterator[Block]:
    yield Heading(3, _("Hur säker andelen är"))
    yield Paragraph(paragraph(_anonymous(figures)))
    rows = tuple(GridRow(sexes()[sex], figures.tables["bands"].cells[str(figures.year), sex]) for sex in BY_SEX)
    columns = (
        _("Arbetar eller studerar"), _("Bas"), _("Andel"), _("Anonyma"), _("Lägsta andel"), _("Högsta andel"),
    )  # fmt: skip
    shows = (Show.COUNT, Show.COUNT, Show.PERCENT, Show.COUNT, Show.PERCENT, Show.PERCENT)
    caption = _("Vad anonyma deltagare kan ändra, personer %(year)s") % {"year": figures.year}
    note = _("Lägst: ingen av de anonyma arbetar eller studerar efter. Högst: alla gör det.")
    yield Grid("bands", caption, _("Kön"), (), columns, shows, rows, note)


def _anonymous(figures: Figures) -> Iterator[str]:
    _part, base, found, anonymous, lowest, highest = figures.tables["bands"].cells[str(figures.year), TOTAL]
    yield _("Det går bara att följa den som är registrerad med personuppgifter.")
    yield say(
        ngettext(
            "%(part)s av den %(base)s person som avslutade arbetar eller studerar efter.",
            "%(part)s av de %(base)s personer som avslutade arbetar eller studerar efter.",
            many(base),
        ),
        part=percent(found), base=base,
    )  # fmt: skip
    yield say(
        spoken(
            anonymous,
            _("Ingen anonym deltagare är räknad, så andelen är säker."),
            ngettext(
                "Om den %(n)s anonyma deltagaren också räknas ligger andelen mellan %(lowest)s och %(highest)s.",
                "Om de %(n)s anonyma deltagarna också räknas ligger andelen mellan %(lowest)s och %(highest)s.",
                many(anonymous),
            ),
        ),
        n=anonymous, lowest=percent(lowest), highest=percent(highest),
    )  # fmt: skip


def _occupations(figures: Figures) -> Iterator[Block]:
    yield Heading(2, _("Sysselsättning före och efter"))
    yield from _before_and_after(
        figures, "occupations", "occupation",
        _("Från sysselsättning före till sysselsättning efter"), _("Alla sysselsättningar"),
    )  # fmt: skip


def _supports(figures: Figures) -> Iterator[Block]:
    yield Heading(2, _("Försörjning före och efter"))
    before, after = (figures.side("supports", "none", side) for side in ("before", "after"))
    said = say(
        _("Utan offentlig försörjning var personen före i %(before)s och efter i %(after)s."),
        before=_participations(before), after=_participations(after),
    )  # fmt: skip
    several = _("Den som har flera försörjningar räknas i var och en, och i var och en av vägarna mellan dem.")
    yield Paragraph(paragraph((said, several)))
    yield from _before_and_after(
        figures, "supports", "support",
        _("Från försörjning före till försörjning efter"), _("Alla försörjningar"),
    )  # fmt: skip


def _participations(cell: Cell) -> Cell | str:
    some = ngettext("%(n)s deltagande", "%(n)s deltaganden", many(cell))
    return say(spoken(cell, _("inget deltagande"), some), n=cell) or cell


def _before_and_after(figures: Figures, table: str, dimension: str, subject: str, every: str) -> Iterator[Block]:
    captions = {
        "supports": (_("Försörjning före och efter %(year)s"), _("Förändring i försörjning %(year)s")),
        "occupations": (_("Sysselsättning före och efter %(year)s"), _("Förändring i sysselsättning %(year)s")),
    }[table]
    sides, changed = (caption % {"year": figures.year} for caption in captions)
    yield _transitions(figures, table, dimension, subject)
    yield grids.before_and_after(figures, table, dimension, sides)
    yield grids.changed(figures, table, dimension, changed)
    yield _matrix(figures, table, dimension, f"{subject} {figures.year}", every)


def _transitions(figures: Figures, table: str, dimension: str, subject: str) -> Transitions:
    codes = grids.sides(figures, table, dimension)

    def group(code: Code, side: str) -> Group:
        hoped_for = side == "after" and code in HOPED_FOR[table]
        return Group(figures.label(dimension, code), figures.side(table, code, side), hoped_for)

    before, after = ([group(code, side) for code in codes] for side in ("before", "after"))
    flows = [[figures.flow(table, one, other) for other in codes] for one in codes]
    subtitle = _("Deltaganden som avslutades %(year)s") % {"year": figures.year}
    about = About(f"{table}_flows", subject, subtitle, _("deltaganden"), f"{table}_matrix")
    return diagrams.from_before_to_after(about, (before, after), flows, figures.outcome("ended"))


def _matrix(figures: Figures, table: str, dimension: str, caption: str, every: str) -> Grid:
    """Lay the whole matrix out; the columns bear the letters of the rows, since there are too many for words."""
    codes = grids.sides(figures, table, dimension)
    letters = [chr(ord("A") + at) for at in range(len(codes))]
    rows = [
        GridRow(
            f"{letter}. {figures.label(dimension, before)}",
            (*(figures.flow(table, before, after) for after in codes), figures.side(table, before, "before")),
        )
        for letter, before in zip(letters, codes, strict=True)
    ]
    rows.append(GridRow(every, (*(figures.side(table, code, "after") for code in codes), figures.outcome("ended"))))
    columns = (*letters, _("Totalt"))
    note = _("Raderna är före och kolumnerna efter, med samma bokstäver.")
    return Grid(f"{table}_matrix", caption, _("Före"), (), columns, (Show.COUNT,) * len(columns), tuple(rows), note)


def _reasons(figures: Figures) -> Iterator[Block]:
    yield Heading(2, _("Varför deltaganden avslutas"))
    codes = figures.codes("end_reasons", "end_reason")
    labels = [figures.label("end_reason", code) for code in codes]
    subtitle = _("Deltaganden som avslutades %(year)s") % {"year": figures.year}
    about = About("end_reasons_bars", _("Avslutsanledning"), subtitle, _("deltaganden"), "end_reasons")
    yield diagrams.by_group(about, labels, [figures.of_year("end_reasons", code) for code in codes])
    caption = _("Avslutsanledning %(year)s") % {"year": figures.year}
    rows = grids.of_codes(figures, "end_reasons", "end_reason")
    yield grids.grid_by_sex("end_reasons", caption, _("Avslutsanledning"), rows)
