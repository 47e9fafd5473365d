"""The open tables: what everybody may ask, counted once, protected with all that is out, and the same for all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from finsam.disclosure.cells import placed
from finsam.disclosure.protect import Release
from finsam.publications.blocks import Block, Definitions, Heading, Paragraph, Tidy
from finsam.reports.compiled import Compiled, Parts
from finsam.reports.open_tables import counts, words, years
from finsam.reports.open_tables.cubes import CUBES
from finsam.reports.open_tables.tables import TABLES
from finsam.reports.release import Exact
from finsam.reports.source import Source
from finsam.reports.telling import told
from finsam.snapshots import engines
from finsam.statistics.relations.believed import believed
from finsam.statistics.relations.identity import implied
from finsam.statistics.relations.web import Web

KEY: Final = "open-tables"
YEARS: Final = 5


@dataclass(frozen=True)
class Figures:
    """The protected tables of a collection, and what they are called and were made of."""

    source: Source
    release: Release

    @property
    def year(self) -> int:
        """The newest year."""
        return self.source.year


def compile(source: Source) -> Compiled:  # noqa: A001  what is done with an edition is called so
    """Compute the collection of a year and those before it, each beside what is out by then."""
    exact = counted(source, range(_first(source), source.year + 1)).tied(source)
    return PARTS.compiled(Figures(source, years.released(exact, source)), source)


def _first(source: Source) -> int:
    """Give the first of the years: of those, nobody took part in any before."""
    tables, begun = source.tables, [source.year]
    rows = [engines.rows(tables.head_counts.agg(year=tables.head_counts.year.min()))]
    if tables.participations is not None:
        rows.append(engines.rows(tables.participations.agg(year=tables.participations.starts_on.min().year())))
    begun += [row["year"] for found in rows for row in found if row["year"] is not None]
    return max(source.year - YEARS + 1, min(begun))


def counted(source: Source, shown: Sequence[int]) -> Exact:
    """Count the collection, and say all that holds in it."""
    tables = {cube.name: counts.counted(cube, source.tables, shown) for cube in CUBES}
    web = Web(implied(source.tables))
    same = [row for one in told(TABLES, tables.values()) for row in web.add(one.shape, one.at)]
    return Exact(tables, (*same, *web.relations()), tuple(believed(web)))


def _title(figures: Figures) -> str:
    return _("Öppna tabeller %(year)s") % {"year": figures.year}


def _lead(_figures: Figures) -> Iterator[str]:
    yield _("Det här är tabellerna som alla får läsa och ladda ner. De är räknade en gång och är lika för alla.")


def _blocks(_figures: Figures) -> Iterator[Block]:
    yield Heading(2, _("Tabellerna"))
    yield Definitions(tuple((str(cube.caption), str(cube.counts)) for cube in CUBES))
    yield Heading(2, _("Så räknar vi"))
    yield Paragraph(
        _("Uppgifterna är en ögonblicksbild. Det som registreras eller rättas senare är inte med."), counted=False
    )


def _tidy(figures: Figures) -> Iterator[Tidy]:
    called = words.Called(figures.source.tables)
    for cube in CUBES:
        table = placed(figures.release[cube.name])
        yield Tidy(table, str(cube.caption), called.columns(cube), called.words(table))


PARTS: Final = Parts(KEY, _title, _lead, _blocks, _tidy, cubes=True)
