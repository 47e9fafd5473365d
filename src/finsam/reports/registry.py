"""The reports: one module each, one line each here; command line, web and documentation read this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finsam.publications.blocks import Publication
from finsam.reports.compiled import Compiled
from finsam.reports.linked_records import report as linked_records
from finsam.reports.linked_records.tables import TABLES as LINKED
from finsam.reports.national_annual import report as national_annual
from finsam.reports.national_annual.tables import TABLES as ANNUAL
from finsam.reports.national_results import report as national_results
from finsam.reports.national_results.tables import TABLES as RESULTS
from finsam.reports.open_tables import report as open_tables
from finsam.reports.open_tables.tables import TABLES as OPEN
from finsam.reports.source import Source
from finsam.reports.special import report as special
from finsam.reports.special import tables as special_tables
from finsam.reports.table import Collection


@dataclass(frozen=True)
class Report:
    """What a report is called, how it is computed from a snapshot, and what it says of each of its tables.

    Of one that answers a question, `asked` says its tables when it is known what the question is.
    """

    key: str
    name: str | Promise
    compile: Callable[[Source], Compiled]
    tables: Collection
    needs_linkage: bool = False  # then its source has `linked`, the linkage beside the snapshot
    asked: Callable[[str], Collection] | None = None

    def of(self, question: str) -> Self:
        """Give the report of a question, as it is written down; any other is the same whatever is asked."""
        return replace(self, tables=self.asked(question)) if self.asked and question else self

    @property
    def is_offered(self) -> bool:
        """Whether it can be ordered as it is, with no question."""
        return self.asked is None

    def compute(self, source: Source) -> Publication:
        """Compute the publication alone."""
        return self.compile(source).publication


REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        report.key: report
        for report in (
            Report(national_annual.KEY, _("Nationell årsrapport"), national_annual.compile, ANNUAL),
            Report(national_results.KEY, _("Resultatrapport"), national_results.compile, RESULTS),
            Report(
                linked_records.KEY,
                _("Rapport ur samkörda register"),
                linked_records.compile,
                LINKED,
                needs_linkage=True,
            ),
            Report(open_tables.KEY, _("Öppna tabeller"), open_tables.compile, OPEN),
            Report(
                special.KEY,
                _("Särskild utgåva"),
                special.compile,
                special_tables.NONE,
                asked=special_tables.collection,
            ),
        )
    }
)
