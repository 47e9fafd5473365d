"""The part of the national annual report about people: how many take part, with which support, women and men."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.disclosure.cells import TOTAL, Cell
from finsam.publications import wording
from finsam.publications.blocks import Bars, Block, Grid, GridRow, Heading, Paragraph, Series, Show
from finsam.publications.wording import many, moved, not_shown, paragraph, percent, say, spoken
from finsam.reports.national_annual import needs
from finsam.reports.national_annual.counts import BY_SEX, GROUPS, HEADS
from finsam.reports.national_annual.figures import Figures
from finsam.statistics.derived.comparisons import Trend, trend
from finsam.statistics.derived.shares import share
from finsam.statistics.figures.participation import SUPPORT_GROUPS
from finsam.values.keys import Code, written


def sexes() -> dict[Code, str]:
    """Name women, men and their sum."""
    return {"women": _("Kvinnor"), "men": _("Män"), TOTAL: _("Totalt")}


def supports() -> dict[Code, str]:
    """Name the groups of supports."""
    return {"sickness_benefit": _("Sjukpenning"), "activity_compensation": _("Aktivitetsersättning")}


def figure_names() -> dict[Code, str]:
    """Name the ways to be counted."""
    return {
        "identified": _("Registrerade med personuppgifter"),
        "anonymous": _("Anonyma deltagare"),
        "volume": _("Deltagare i volyminsatser"),
        "participants": _("Deltagare i individinriktade insatser"),
        "structural_heads": _("Deltagare i strukturövergripande insatser"),
    }


def blocks(figures: Figures) -> Iterator[Block]:
    """Give the part, from all participants to each group."""
    yield Heading(2, _everyone_heading(figures))
    yield Paragraph(paragraph(_everyone(figures)))
    yield _everyone_grid(figures)
    yield Heading(2, _new_heading(figures))
    yield from _group(figures, "activity_compensation", _("Unga med aktivitetsersättning"))
    yield from _group(figures, "sickness_benefit", _("Sjukskrivna"))
    yield from needs.young_with_disability(figures)
    yield from _tables(figures)
    yield from needs.blocks(figures)


def _everyone_heading(figures: Figures) -> str:
    way = trend(figures.total("identified", year=figures.year - 1), figures.total("identified"))
    return {
        None: _("Deltagare"),
        Trend.ROSE: _("Fler deltagare går att följa"),
        Trend.FELL: _("Färre deltagare går att följa"),
        Trend.UNCHANGED: _("Lika många deltagare går att följa"),
    }[way]


def _everyone(figures: Figures) -> Iterator[str]:
    identified, everyone, year = figures.total("identified"), figures.total("participants"), str(figures.year)
    women, men = (percent(share(figures.total("identified", sex), identified)) for sex in ("women", "men"))
    yield say(
        spoken(
            everyone,
            _("Under %(year)s räknades ingen deltagare i individinriktade insatser."),
            ngettext(
                "Under %(year)s räknades %(all)s deltagare i individinriktade insatser.",
                "Under %(year)s räknades %(all)s deltagare i individinriktade insatser.",
                many(everyone),
            ),
        ),
        year=year, all=everyone,
    )  # fmt: skip
    yield say(
        spoken(
            identified,
            _("Ingen är registrerad med personuppgifter."),
            ngettext(
                "%(n)s person är registrerad med personuppgifter.",
                "%(n)s personer är registrerade med personuppgifter.",
                many(identified),
            ),
        ),
        n=identified,
    ) or not_shown(identified)  # fmt: skip
    yield say(_("%(women)s av dem är kvinnor och %(men)s är män."), women=women, men=men)
    if way := moved(figures.total("identified", year=figures.year - 1), identified):
        yield _("Antalet registrerade med personuppgifter %(moved)s jämfört med %(before)s.") % {
            "moved": way, "before": figures.year - 1,
        }  # fmt: skip
    yield from _without_identity(figures)


def _without_identity(figures: Figures) -> Iterator[str]:
    anonymous, volume = (figures.total(figure) for figure in HEADS)
    yield say(
        _("Utan personuppgifter räknades %(anonymous)s och %(volume)s."),
        anonymous=_anonymous(anonymous), volume=_in_volume(volume),
    )  # fmt: skip
    yield _("Bara för den som är registrerad med personuppgifter går det att följa vad som händer sedan.")
    heads = figures.total("structural_heads")
    yield say(
        spoken(
            heads,
            _("I strukturövergripande insatser räknades ingen deltagare."),
            ngettext(
                "I strukturövergripande insatser räknades %(heads)s deltagare, som inte ingår i summan.",
                "I strukturövergripande insatser räknades %(heads)s deltagare. De ingår inte i summan.",
                many(heads),
            ),
        ),
        heads=heads,
    )  # fmt: skip


def _anonymous(cell: Cell) -> Cell | str:
    some = ngettext("%(n)s anonym deltagare", "%(n)s anonyma deltagare", many(cell))
    return say(spoken(cell, _("ingen anonym deltagare"), some), n=cell) or cell


def _in_volume(cell: Cell) -> Cell | str:
    return say(spoken(cell, _("ingen i volyminsatser"), _("%(n)s i volyminsatser")), n=cell) or cell


def _everyone_grid(figures: Figures) -> Grid:
    rows = tuple(
        GridRow(name, tuple(figures.total(figure, sex) for sex in BY_SEX)) for figure, name in figure_names().items()
    )
    caption = _("Deltagare %(year)s efter hur de är registrerade") % {"year": figures.year}
    columns = tuple(sexes().values())
    note = _("Deltagare i strukturövergripande insatser ingår inte i raden med individinriktade.")
    return Grid("totals", caption, _("Registrering"), (), columns, (Show.COUNT,) * 3, rows, note)


def _comparable(figures: Figures, support: Code, sex: Code = TOTAL, *, flow: str = "ongoing") -> Callable[[int], Cell]:
    """Give the participants with a support by year, as years may be compared."""
    codes = SUPPORT_GROUPS[written(support)]
    return figures.comparable("support", codes, lambda year: figures.persons(support, sex, flow=flow, year=year))


def _last_years(figures: Figures, cells: Callable[[int], Cell]) -> tuple[Cell, Cell]:
    return cells(figures.year - 1), cells(figures.year)


def _new_heading(figures: Figures) -> str:
    ways = {trend(*_last_years(figures, _comparable(figures, group, flow="new"))) for group in GROUPS}
    if ways == {Trend.FELL}:
        return _("Färre nya deltagare i båda grupperna")
    return _("Fler nya deltagare i båda grupperna") if ways == {Trend.ROSE} else _("Deltagare med olika försörjning")


def _group(figures: Figures, support: Code, heading: str) -> Iterator[Block]:
    yield Heading(3, heading)
    yield Paragraph(paragraph((*_ongoing(figures, support), *_new(figures, support))))
    yield _bars(figures, support)


def _ongoing(figures: Figures, support: Code) -> Iterator[str]:
    ongoing, name = figures.persons(support), supports()[support].lower()
    recipients, part = figures.recipients(support)
    yield say(
        spoken(
            ongoing,
            _("Under %(year)s tog ingen med %(support)s del av en insats."),
            ngettext(
                "Under %(year)s tog %(n)s person med %(support)s del av en insats.",
                "Under %(year)s tog %(n)s personer med %(support)s del av en insats.",
                many(ongoing),
            ),
        ),
        year=str(figures.year), n=ongoing, support=name,
    ) or not_shown(ongoing)  # fmt: skip
    if ongoing.value == 0:
        return
    yield say(
        _("Det är %(part)s av alla %(recipients)s som hade %(support)s under året."),
        part=percent(part), recipients=recipients, support=name,
    )  # fmt: skip
    if way := moved(*_last_years(figures, _comparable(figures, support))):
        yield _("Antalet %(moved)s jämfört med %(before)s.") % {"moved": way, "before": figures.year - 1}
    yield say(
        _("Av alla som är registrerade med personuppgifter hade %(part)s %(support)s."),
        part=percent(share(ongoing, figures.total("identified"))), support=name,
    )  # fmt: skip


def _new(figures: Figures, support: Code) -> Iterator[str]:
    new, ongoing = figures.persons(support, flow="new"), figures.persons(support)
    if ongoing.value:
        part = percent(share(new, ongoing))
        yield say(_of_them(new, ongoing), new=new, ongoing=ongoing, part=part)
    ways = {sex: moved(*_last_years(figures, _comparable(figures, support, sex, flow="new"))) for sex in BY_SEX}
    if ways.get(TOTAL):
        yield _("Antalet nya deltagare %(moved)s jämfört med %(before)s.") % {
            "moved": ways[TOTAL], "before": figures.year - 1,
        }  # fmt: skip
    if ways.get("women") and ways.get("men"):
        yield _("Antalet nya kvinnor %(women)s och antalet nya män %(men)s.") % ways


def _of_them(new: Cell, ongoing: Cell) -> str:
    """How many began this year, when there is anybody: none of them, all, or some."""
    if new.value == ongoing.value:
        return _("Alla %(ongoing)s började en insats under året.")
    return spoken(
        new,
        _("Ingen av de %(ongoing)s började en insats under året. Alla började tidigare."),
        _("%(new)s av de %(ongoing)s (%(part)s) började en insats under året. De övriga började tidigare."),
    )


def _bars(figures: Figures, support: Code) -> Bars:
    def cells(sex: Code) -> tuple[Cell, ...]:
        return tuple(figures.persons(support, sex, flow="new", year=year) for year in figures.years)

    subject = _("Nya deltagare med %(support)s") % {"support": supports()[support].lower()}
    series = tuple(Series(sexes()[sex], sex, cells(sex)) for sex in ("women", "men"))
    return Bars(
        key=f"new_{support}",
        title=wording.finding(map(_comparable(figures, support, flow="new"), figures.years), subject, figures.year),
        subtitle=_("Personer som började en insats under året, efter kön"),
        categories=tuple(map(str, figures.years)),
        series=series,
        unit=_("personer"),
        grid_key="new",
    )


def _tables(figures: Figures) -> Iterator[Grid]:
    captions = {
        "ongoing": (_("Tabell 1a. Alla pågående deltagare under året"), _("Tabell 2a. Andel pågående deltagare")),
        "new": (_("Tabell 1b. Deltagare som är nya under året"), _("Tabell 2b. Andel nya deltagare")),
    }
    for flow, (counts, _shares) in captions.items():
        yield _by_support(figures, flow, flow, counts, Show.COUNT)
    for flow, (_counts, shares) in captions.items():
        yield _by_support(figures, f"{flow}_shares", flow, shares, Show.PERCENT)


def _by_support(figures: Figures, key: str, flow: str, caption: str, show: Show) -> Grid:
    def cell(year: int, support: Code, sex: Code) -> Cell:
        if show is Show.COUNT:
            return figures.persons(support, sex, flow=flow, year=year)
        return figures.sex_share(support, sex, flow=flow, year=year)

    rows = tuple(
        GridRow(str(year), tuple(cell(year, support, sex) for support in supports() for sex in BY_SEX))
        for year in figures.years
    )
    groups = tuple((name, len(BY_SEX)) for name in supports().values())
    columns = tuple(sexes().values()) * len(groups)
    note = _("Den som har flera försörjningar räknas i var och en. I sjukpenning ingår rehabiliteringspenning.")
    return Grid(key, caption, _("År"), groups, columns, (show,) * len(columns), rows, note)
