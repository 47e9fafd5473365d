"""The reports: one module each, one line each here; command line, web and documentation read this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finsam.publications.blocks import Publication
from finsam.reports.compiled import Compiled
from finsam.reports.linked_records.report import KEY as LINKED
from finsam.reports.linked_records.report import compile as linked
from finsam.reports.linked_records.tables import words as linked_words
from finsam.reports.national_annual.annex import words as national_annual_words
from finsam.reports.national_annual.report import KEY as NATIONAL_ANNUAL
from finsam.reports.national_annual.report import compile as national_annual
from finsam.reports.national_results.annex import words as national_results_words
from finsam.reports.national_results.report import KEY as NATIONAL_RESULTS
from finsam.reports.national_results.report import compile as national_results
from finsam.reports.source import Source


@dataclass(frozen=True)
class Report:
    """What a report is called, how it is computed from a snapshot, and what its tables and dimensions are called."""

    key: str
    name: str | Promise
    compile: Callable[[Source], Compiled]
    words: Callable[[], Mapping[str, str]]
    needs_linkage: bool = False  # then it is handed `linked`, the linkage beside the snapshot

    def compute(self, source: Source) -> Publication:
        """Compute the publication alone."""
        return self.compile(source).publication


REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        NATIONAL_ANNUAL: Report(NATIONAL_ANNUAL, _("Nationell årsrapport"), national_annual, national_annual_words),
        NATIONAL_RESULTS: Report(NATIONAL_RESULTS, _("Resultatrapport"), national_results, national_results_words),
        LINKED: Report(LINKED, _("Rapport ur samkörda register"), linked, linked_words, needs_linkage=True),
    }
)
