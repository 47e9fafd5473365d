"""The part of the national annual report about need groups: how many of each take part, women and men.

Source 004 could follow two of the groups, by their support, and asks that all of them be measured on the individual.
"""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.disclosure.cells import Cell
from finsam.publications.blocks import Block, Grid, GridRow, Heading, Paragraph, Show
from finsam.publications.wording import many, moved, not_shown, paragraph, percent, say, spoken
from finsam.reports.national_annual.figures import Figures
from finsam.reports.national_annual.need_counts import SEXES
from finsam.statistics.derived.shares import share
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.figures.participation import FLOWS
from finsam.values.codes.need_groups import PRIORITISED, YOUNG_WITH_DISABILITY
from finsam.values.keys import Code


def group_name(figures: Figures, group: Code) -> str:
    """Name a need group."""
    return _("Uppgift saknas") if group is UNKNOWN else figures.label("need_group", group)


def young_with_disability(figures: Figures) -> Iterator[Block]:
    """Give the section of the group that has no support of its own, and so is known by what is recorded alone."""
    yield Heading(3, _("Unga med funktionsnedsättning"))
    known = _("Vem som hör till gruppen syns inte på försörjningen. Det är behovsgruppen i registreringen som räknas.")
    yield Paragraph(paragraph((*_of_group(figures, YOUNG_WITH_DISABILITY), known)))


def blocks(figures: Figures) -> Iterator[Block]:
    """Give the section of all need groups: the other groups that have priority in words, and every group in a table."""
    yield Heading(2, _("Deltagare efter behovsgrupp"))
    yield Paragraph(
        _(
            "Behovsgruppen registreras för varje deltagande. Försörjningen är en uppgift för sig, så antalen skiljer "
            "sig från dem ovan."
        )
    )
    for group in PRIORITISED:
        if group != YOUNG_WITH_DISABILITY:
            yield Paragraph(paragraph(_of_group(figures, group)))
    yield _grid(figures)


def _of_group(figures: Figures, group: Code) -> Iterator[str]:
    ongoing, new = figures.needing(group), figures.needing(group, flow="new")
    said = {"group": _lower(group_name(figures, group)), "year": str(figures.year)}
    yield say(
        spoken(
            ongoing,
            _("Under %(year)s tog ingen i behovsgruppen %(group)s del av en insats."),
            ngettext(
                "Under %(year)s tog %(n)s person i behovsgruppen %(group)s del av en insats.",
                "Under %(year)s tog %(n)s personer i behovsgruppen %(group)s del av en insats.",
                many(ongoing),
            ),
        ),
        n=ongoing, **said,
    ) or not_shown(ongoing)  # fmt: skip
    if not ongoing.value:
        return
    women, men = (percent(share(figures.needing(group, sex), ongoing)) for sex in SEXES[:2])
    yield say(_("%(women)s av dem är kvinnor och %(men)s är män."), women=women, men=men)
    yield say(
        spoken(
            new,
            _("Ingen av dem började en insats under året."),
            _("%(new)s av dem (%(part)s) började en insats under året."),
        ),
        new=new, part=percent(share(new, ongoing)),
    )  # fmt: skip
    yield from _since_last_year(figures, group)


def _since_last_year(figures: Figures, group: Code) -> Iterator[str]:
    """Compare with the year before, when the group was there all through both."""
    sentences = {
        "ongoing": _("Antalet i gruppen %(moved)s jämfört med %(last)s."),
        "new": _("Antalet nya i gruppen %(moved)s jämfört med %(last)s."),
    }
    for flow, sentence in sentences.items():
        cells = figures.comparable("need_group", [group], partial(_in_year, figures, group, flow))
        if way := moved(cells(figures.year - 1), cells(figures.year)):
            yield sentence % {"moved": way, "last": figures.year - 1}


def _in_year(figures: Figures, group: Code, flow: str, year: int) -> Cell:
    return figures.needing(group, flow=flow, year=year)


def _grid(figures: Figures) -> Grid:
    rows = tuple(
        GridRow(
            group_name(figures, group),
            tuple(figures.needing(group, sex, flow=flow) for flow in FLOWS for sex in SEXES),
        )
        for group in figures.need_groups_of_persons
    )
    caption = _("Tabell 3. Pågående och nya deltagare efter behovsgrupp %(year)s") % {"year": figures.year}
    groups = ((_("Pågående under året"), len(SEXES)), (_("Nya under året"), len(SEXES)))
    columns = (_("Kvinnor"), _("Män"), _("Totalt")) * len(FLOWS)
    note = _("Den som hör till flera behovsgrupper räknas i var och en, en gång. Raderna går därför inte att summera.")
    return Grid("need_groups", caption, _("Behovsgrupp"), groups, columns, (Show.COUNT,) * len(columns), rows, note)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
