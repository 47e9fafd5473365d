"""The diagrams of the report on linked records: ages by sex, and the chapters of diagnoses."""

from textwrap import shorten

from django.utils.translation import gettext as _

from finsam.publications.blocks import Bars, Series
from finsam.publications.wording import ages as age_words
from finsam.publications.wording import percent, say
from finsam.reports.linked_records.counts import SEXES, SPLITS
from finsam.reports.linked_records.figures import Figures
from finsam.reports.linked_records.grids import chapter_title
from finsam.reports.national_annual.people import sexes, supports
from finsam.statistics.derived.comparisons import most_common
from finsam.values.keys import written

AGES = tuple(map(written, SPLITS["linked_ages"].codes))
HALF = 50  # percent
WIDTH = 50  # characters of a chapter's title, which two lines have room for
MOST_CHAPTERS = 8  # in a diagram; the table has them all


def ages(figures: Figures, group: str) -> Bars:
    """Women and men by age when they began."""
    there = [age for age in AGES if figures.part("linked_ages", group, age).value != 0]
    series = tuple(
        Series(sexes()[sex], sex, tuple(figures.part("linked_ages", group, age, sex) for age in there)) for sex in SEXES
    )
    return Bars(
        key=f"ages_{group}",
        title=_most_common_age(figures, group),
        subtitle=_("Personer med %(support)s som började en insats %(year)s, efter ålder när de började")
        % {"support": supports()[group].lower(), "year": figures.year},
        categories=tuple(age_words(int(age)) for age in there),
        series=series,
        unit=_("personer"),
        grid_key="linked_ages",
    )


def _most_common_age(figures: Figures, group: str) -> str:
    cells = {age: figures.part("linked_ages", group, age) for age in AGES}
    top = most_common(cells)
    if len(top) != 1:
        return _("Ålder när de började")
    words = {"age": age_words(int(top[0])).lower()}
    part = figures.percent("linked_ages", group, top[0]).value
    if part is not None and part > HALF:
        return _("De flesta är %(age)s") % words
    if any(cell.value is None for cell in cells.values()):
        return _("Av det som visas är %(age)s vanligast") % words
    return _("Vanligast är %(age)s") % words


def chapters(figures: Figures, group: str) -> Bars:
    """The chapters with most persons among those that are shown, the largest first."""
    codes = most_common_chapters(figures, group)[:MOST_CHAPTERS]
    cells = tuple(figures.part("linked_chapters", group, code) for code in codes)
    return Bars(
        key=f"chapters_{group}",
        title=_largest_chapter(figures, group, codes[0]) if codes else _("Diagnoser"),
        subtitle=_("Personer med %(support)s som började en insats %(year)s, de vanligaste diagnoskapitlen som visas")
        % {"support": supports()[group].lower(), "year": figures.year},
        categories=tuple(shorten(chapter_title(code), WIDTH, placeholder="…") for code in codes),
        series=(Series(_("Personer"), "first", cells),),
        unit=_("personer"),
        grid_key="linked_chapters",
    )


def most_common_chapters(figures: Figures, group: str) -> list[str]:
    """Give the chapters in which anybody is and is shown, the largest first; not those without a diagnosis."""
    codes = [code for code in SPLITS["linked_chapters"].codes if isinstance(code, str)]
    shown = {code: int(cell.value) for code in codes if (cell := figures.part("linked_chapters", group, code)).value}
    return sorted(shown, key=lambda code: (-shown[code], code))


def _largest_chapter(figures: Figures, group: str, code: str) -> str:
    part = percent(figures.percent("linked_chapters", group, code))
    return say(_("%(part)s har en diagnos i %(first)s–%(last)s"), part=part, first=code[:3], last=code[4:]) or _(
        "Diagnoser"
    )
