"""The national annual report: who takes part, in what, with which support, nationally and for five years.

The structure follows the authorities' report of 2020 (source 004, sections 3.1 to 3.2.4 and its annex); every figure
and every word of comparison is taken from the cells of the report's own tables.
"""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.publications import wording
from finsam.publications.blocks import Block, KeyFigure, KeyFigures
from finsam.publications.wording import many, moved, number, percent, say, spoken
from finsam.reports.compiled import Compiled, Parts
from finsam.reports.national_annual import annex, growth, interventions, people
from finsam.reports.national_annual.figures import Figures
from finsam.reports.national_annual.figures import figures as counted
from finsam.reports.source import Source
from finsam.statistics.derived.shares import share
from finsam.values.keys import Sum

KEY = "national-annual"


def compile(source: Source) -> Compiled:  # noqa: A001  what is done with an edition is called so
    """Compute the report of a year, beside what is published."""
    return PARTS.compiled(counted(source), source)


def _lead(figures: Figures) -> Iterator[str]:
    identified, last = figures.total("identified"), figures.year - 1
    everyone = figures.total("participants")
    yield say(
        spoken(
            everyone,
            _("Ingen deltagare räknades under %(year)s."),
            ngettext(
                "%(n)s deltagare räknades under %(year)s.",
                "%(n)s deltagare räknades under %(year)s.",
                many(everyone),
            ),
        ),
        n=everyone, year=str(figures.year),
    )  # fmt: skip
    if way := moved(figures.total("identified", year=last), identified):
        yield _("Antalet som går att följa %(moved)s jämfört med %(last)s. Det är nu %(n)s.") % {
            "moved": way, "last": last, "n": number(identified),
        }  # fmt: skip
    if everyone.value is None:
        yield say(_("Samordningsförbunden finansierade %(n)s."), n=wording.interventions(figures.interventions()))


def _blocks(figures: Figures) -> Iterator[Block]:
    yield KeyFigures(tuple(_key_figures(figures)))
    yield from people.blocks(figures)
    yield from interventions.blocks(figures)
    yield from growth.blocks(figures.tables)
    yield from annex.blocks(figures)


def _key_figures(figures: Figures) -> Iterator[KeyFigure]:
    identified, every = figures.total("identified"), figures.interventions()
    women = percent(share(figures.total("identified", "women"), identified))
    individual = percent(share(figures.interventions(kind="individual"), every))
    yield KeyFigure(_("deltagare i individinriktade insatser"), figures.total("participants"))
    yield KeyFigure(say(_("går att följa (%(women)s kvinnor)"), women=women) or _("går att följa"), identified)
    with_kind = say(_("insatser, varav %(individual)s individinriktade"), individual=individual)
    yield KeyFigure(with_kind or _("insatser"), every)
    yield KeyFigure(_("insatser för prioriterade behovsgrupper"), figures.interventions(Sum.PRIORITISED))


def _title(figures: Figures) -> str:
    return _("Insatser finansierade genom samordningsförbund %(year)s") % {"year": figures.year}


PARTS: Final = Parts(KEY, _title, _lead, _blocks, annex.tidy)
