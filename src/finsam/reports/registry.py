"""The reports: one module each, one line each here; command line, web and documentation read this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

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
from finsam.reports.table import Collection


@dataclass(frozen=True)
class Report:
    """What a report is called, how it is computed from a snapshot, and what it says of each of its tables."""

    key: str
    name: str | Promise
    compile: Callable[[Source], Compiled]
    tables: Collection
    needs_linkage: bool = False  # then its source has `linked`, the linkage beside the snapshot

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
        )
    }
)
