"""The consistency gate: what does not hold together in anyone's table, in words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.reporting.reports.words import language
from finsam.statistics import table_files
from finsam.statistics.consistency import Finding
from finsam.values.sentences import SentenceError


def check_text(text: str) -> list[str]:
    """Give what does not hold together in a published table, one line each; refused when it cannot be read."""
    try:
        return [f"{found.row}: {said(found)}" for found in table_files.findings(table_files.read(text))]
    except SentenceError as refusal:
        raise ValidationError(_(refusal.template), params=refusal.params or None) from refusal


def said(finding: Finding) -> str:
    """The finding's sentence in the language that is spoken."""
    return finding.filled(_(finding.template), language())
