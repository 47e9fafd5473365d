"""The report on results: how it went for those who ended, before and after, how long it took, and who they are.

What SUS's reports on participants gave (support, occupation and their change, who works or studies, why it ended, how
long it took) of all associations together; every figure and every word of comparison is taken from the cells of the
report's own tables. It shows what was before and after, never what an intervention caused.
"""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from finsam.publications.blocks import Block, KeyFigure, KeyFigures, Show
from finsam.publications.wording import percent, say, spoken
from finsam.reports.compiled import Compiled, Parts
from finsam.reports.national_results import annex, outcomes, people, time
from finsam.reports.national_results.figures import Figures
from finsam.reports.national_results.figures import figures as counted
from finsam.reports.source import Source
from finsam.statistics.derived.reliability import share

KEY = "national-results"


def compile(source: Source) -> Compiled:  # noqa: A001  what is done with an edition is called so
    """Compute the report of a year, beside what is published; nothing in it is a share of what others published."""
    return PARTS.compiled(counted(source), source)


def _lead(figures: Figures) -> Iterator[str]:
    ended, active = figures.outcome("ended"), figures.outcome("active")
    yield say(
        spoken(
            ended,
            _("Inget deltagande avslutades %(year)s."),
            _("%(part)s av de %(n)s deltaganden som avslutades %(year)s slutade med arbete eller studier."),
        ),
        part=percent(share(active, ended).percent) if ended.value else "", n=ended, year=str(figures.year),
    )  # fmt: skip
    yield _("Siffrorna visar hur det var före och efter. De visar inte vad som beror på insatsen.")


def _blocks(figures: Figures) -> Iterator[Block]:
    yield KeyFigures(tuple(_key_figures(figures)))
    yield from outcomes.blocks(figures)
    yield from time.blocks(figures)
    yield from people.blocks(figures)
    yield from annex.blocks(figures)


def _key_figures(figures: Figures) -> Iterator[KeyFigure]:
    ended, active = figures.outcome("ended"), figures.outcome("active")
    yield KeyFigure(_("avslutade deltaganden"), ended)
    of = say(_("arbetar eller studerar efter (%(n)s av %(all)s)"), n=active, all=ended)
    yield KeyFigure(of or _("arbetar eller studerar efter"), share(active, ended).percent, Show.PERCENT)
    gained = figures.outcome("gained")
    yield KeyFigure(_("började arbeta eller studera, eller gör det mer"), gained)
    yield KeyFigure(_("utan offentlig försörjning efter"), figures.side("supports", "none", "after"))


def _title(figures: Figures) -> str:
    return _("Vad det ledde till. Avslutade deltaganden %(year)s") % {"year": figures.year}


PARTS: Final = Parts(KEY, _title, _lead, _blocks, annex.tidy)
