"""What is chosen of an edition besides its report and year: how much it hides, what it leaves out, what it corrects."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.disclosure.arrangement import AS_COUNTED, Arrangement
from finsam.disclosure.cells import Rule
from finsam.editions import rules
from finsam.editions.models import Edition
from finsam.editions.stored.content import Inputs
from finsam.reports.commission import ORDINARY, Commission

if TYPE_CHECKING:
    from finsam.reports.registry import Report


@dataclass(frozen=True)
class Choices:
    """What somebody asks for; `without` and `rounded` are as in the edition that is corrected when not said.

    A correction names the tables that were wrong (`corrects`).
    """

    threshold: int | None = None
    hide_zeros: bool = False
    without: Collection[str] | None = None
    rounded: Collection[str] | None = None
    corrects: Collection[str] = ()


def rule(replaces: Edition | None, choices: Choices) -> Rule:
    """What is hidden: what the installation hides, what was chosen to be hidden, and what a corrected edition hid."""
    own: Rule = settings.DISCLOSURE_RULE
    threshold, hide_zeros = choices.threshold, choices.hide_zeros
    if replaces is not None:
        threshold = max(replaces.threshold, own.threshold, threshold or 0)
        hide_zeros = hide_zeros or not replaces.zeros_published
    return rules.stricter(own, threshold, hide_zeros=hide_zeros)


def arrangement(report: "Report", replaced: Inputs | None, choices: Choices) -> Arrangement:
    """The tables that are left out, with those made of them, and rounded; refused when one can't be, or none is."""
    before = replaced.arrangement if replaced else AS_COUNTED
    without = before.without if choices.without is None else frozenset(choices.without)
    rounded = before.rounded if choices.rounded is None else frozenset(choices.rounded)
    _refuse_unknown(report, without | rounded)
    for table in report.tables.tables:
        if table.name in rounded and not table.can_be_rounded:
            raise ValidationError({"rounded": _("Tabellen ”%(table)s” kan inte avrundas.") % {"table": table.caption}})
    made = {table.name for table in report.tables.tables if without.intersection(table.made_of)}
    found = Arrangement(without | made, rounded - without)
    if not found.left(table.name for table in report.tables.tables if not table.made_of):
        raise ValidationError({"without": _("Då blir ingen tabell kvar. Låt minst en stå.")})
    return found


def corrects(report: "Report", replaces: Edition | None, choices: Choices) -> tuple[str, ...]:
    """The tables that a correction counts anew; one that is made of others is corrected by correcting those."""
    if replaces is None:
        return ()
    if not choices.corrects:
        raise ValidationError({"corrects": _("Säg vilka tabeller som var fel. De andra står som de trycktes.")})
    _refuse_unknown(report, choices.corrects)
    chosen = [report.tables[name] for name in choices.corrects]
    return tuple(sorted({name for table in chosen for name in table.made_of or (table.name,)}))


def _refuse_unknown(report: "Report", names: Collection[str]) -> None:
    known: Sequence[str] = [table.name for table in report.tables.tables]
    if unknown := sorted(set(names) - set(known)):
        raise ValidationError(
            _("Rapporten har ingen tabell %(table)s. Välj bland %(tables)s.")
            % {"table": unknown[0], "tables": ", ".join(known)}
        )


def refuse_unasked(report: "Report", commission: Commission = ORDINARY) -> None:
    """Refuse a report that answers a question where there is none, and one that doesn't where there is."""
    if report.is_offered == bool(commission.question):
        raise ValidationError(_("En särskild utgåva svarar på en fråga. Gör den från svaret på en fri fråga."))
