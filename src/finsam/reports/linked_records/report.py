"""The report on linked records: age at start, days in benefit before it and diagnoses of those who began in a year.

It follows the authorities' report of 2020 (source 004, section 4), and adds what was missing there: everyone who was
not found is counted and told, and the rest is about those who were. It needs a linkage beside the snapshot.
"""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.disclosure.protect import Cell
from finsam.publications.blocks import Block, Heading, KeyFigure, KeyFigures, Paragraph
from finsam.publications.wording import days, many, not_shown, paragraph, percent, say, spoken
from finsam.reports.compiled import Compiled, Parts
from finsam.reports.linked_records import diagrams, grids
from finsam.reports.linked_records.counts import GROUPS, NOT_STATED
from finsam.reports.linked_records.figures import Figures
from finsam.reports.linked_records.figures import figures as counted
from finsam.reports.national_annual.people import supports
from finsam.reports.source import Source
from finsam.statistics.derived.reliability import FEW
from finsam.statistics.derived.shares import share

KEY = "linked"
WORTH_SAYING = 5  # percent, from which the second most common chapter is named


def compile(source: Source) -> Compiled:  # noqa: A001  what is done with an edition is called so
    """Compute the report of a year from a snapshot and its linkage; what others have published is not used."""
    return PARTS.compiled(counted(source), source)


def _lead(figures: Figures) -> Iterator[str]:
    yield _(
        "Rapporten beskriver dem som började en insats under året och som finns i en annan myndighets register: hur "
        "gamla de var, hur länge de hade haft sin ersättning och vilka diagnoser de hade."
    )
    for group in GROUPS:
        yield say(
            ngettext(
                "Av %(new)s person med %(support)s finns %(found)s där.",
                "Av %(new)s personer med %(support)s finns %(found)s där.",
                many(figures.new(group)),
            )
            if figures.new(group).value
            else "",
            new=figures.new(group), found=_some(figures.found(group)), support=_name(group),
        )  # fmt: skip


def _blocks(figures: Figures) -> Iterator[Block]:
    yield KeyFigures(tuple(_key_figures(figures)))
    for group in GROUPS:
        yield Heading(2, supports()[group])
        yield Paragraph(paragraph((*_found(figures, group), *_days(figures, group))))
        yield diagrams.ages(figures, group)
        yield Paragraph(paragraph(_diagnoses(figures, group)))
        yield diagrams.chapters(figures, group)
    yield Heading(2, _("Tabeller"))
    yield from grids.grids(figures)
    yield Heading(2, _("Så är uppgifterna till"))
    yield Paragraph(paragraph(_method(figures)))
    if figures.source:
        yield Paragraph(_("Källa: %(source)s.") % {"source": figures.source.rstrip(".")}, counted=False)


def _key_figures(figures: Figures) -> Iterator[KeyFigure]:
    for group in GROUPS:
        yield KeyFigure(_("med %(support)s finns i registret") % {"support": _name(group)}, figures.found(group))
        yield KeyFigure(_("med %(support)s finns inte där") % {"support": _name(group)}, figures.missing(group))


def _found(figures: Figures, group: str) -> Iterator[str]:
    new, found, missing = figures.new(group), figures.found(group), figures.missing(group)
    yield say(
        spoken(
            new,
            _("Ingen med %(support)s började en insats under %(year)s."),
            ngettext(
                "%(new)s person med %(support)s började en insats under %(year)s.",
                "%(new)s personer med %(support)s började en insats under %(year)s.",
                many(new),
            ),
        ),
        new=new, support=_name(group), year=str(figures.year),
    ) or not_shown(new)  # fmt: skip
    if new.value == 0:
        return
    yield say(
        spoken(
            found,
            _("Ingen av dem finns i den andra myndighetens uppgifter."),
            _("%(found)s av dem (%(part)s) finns i den andra myndighetens uppgifter."),
        ),
        found=found, part=percent(share(found, new)),
    )  # fmt: skip
    yield say(
        spoken(
            missing,
            _("Alla finns där."),
            _("%(missing)s finns inte där och är inte med i det som följer."),
        ),
        missing=missing,
    ) or _("Hur många som inte finns där visas inte, men de är räknade.")
    women, men = (percent(share(figures.found(group, sex), found)) for sex in ("women", "men"))
    yield say(_("Av dem som finns är %(women)s kvinnor och %(men)s män."), women=women, men=men)


def _days(figures: Figures, group: str) -> Iterator[str]:
    words = {"support": _name(group)}
    yield say(
        _("När de började hade de haft %(support)s i ungefär %(days)s i medeltal."),
        days=days(figures.mean(group)), **words,
    )  # fmt: skip
    women, men = (figures.mean(group, sex) for sex in ("women", "men"))
    yield say(_("För kvinnor är medeltalet %(women)s och för män %(men)s."), women=days(women), men=days(men))
    at = figures.median(group)
    if at is not None:
        yield _("Minst hälften hade haft %(support)s i %(length)s.") % {**words, "length": grids.up_to()[at]}


def _diagnoses(figures: Figures, group: str) -> Iterator[str]:
    for at, code in enumerate(diagrams.most_common_chapters(figures, group)[:2]):
        if at and (figures.percent("linked_chapters", group, code).value or 0) < WORTH_SAYING:
            break
        yield say(
            _("%(part)s har en diagnos i kapitlet %(chapter)s."),
            part=percent(figures.percent("linked_chapters", group, code)),
            chapter=grids.lowered(grids.chapter_title(code)),
        )
    none = figures.percent("linked_chapters", group, NOT_STATED)
    yield say(_("För %(none)s saknas diagnosen eller är okänd."), none=percent(none))
    if 0 < (figures.found(group).value or 0) < FEW:
        yield _("Andelarna är av färre än tjugo personer och säger därför inte mycket.")


def _method(figures: Figures) -> Iterator[str]:
    yield _(
        "Den andra myndigheten har lämnat ut ålder, dagar med ersättning och diagnos för de personer vars koder den "
        "har kunnat räkna ut. Inga personnummer har lämnats ut åt något håll."
    )
    rows = figures.not_ours
    yield say(
        spoken(
            rows,
            _("Filen har ingen rad om någon som inte finns i ögonblicksbilden."),
            ngettext(
                "Filen har också %(rows)s rad om någon som inte finns i ögonblicksbilden. Den är inte med någonstans.",
                "Filen har också %(rows)s rader om andra som inte finns i ögonblicksbilden. De är inte med någonstans.",
                many(rows),
            ),
        ),
        rows=rows,
    ) or _("Hur många rader i filen som handlar om andra personer visas inte. De är inte med någonstans.")
    yield _("Registren förs på olika sätt, så antalen skiljer sig något. De visar inte vilken effekt insatserna har.")


def _some(cell: Cell) -> Cell | str:
    return _("ingen") if cell.value == 0 else cell


def _name(group: str) -> str:
    return supports()[group].lower()


def _title(figures: Figures) -> str:
    return _("Deltagarna i en annan myndighets register %(year)s") % {"year": figures.year}


PARTS: Final = Parts(KEY, _title, _lead, _blocks, grids.tidy)
