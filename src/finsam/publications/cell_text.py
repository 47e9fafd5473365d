"""How cells are written: numbers and percentages, and the marks for what isn't shown."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from finsam.disclosure.protect import Cell, Rule, Status
from finsam.publications.blocks import Show
from finsam.statistics.derived.reliability import FEW
from finsam.values.shares import Language, rounded, swedish_number, swedish_percent

HIDDEN = "··"
UNREGISTERED = "–"
ZERO = "0"
FEW_MARK = "*"
KEPT_MARK = "†"

WORST_FIRST = (Status.SUPPRESSED, Status.MISSING, Status.KEPT, Status.OK)


def small(rule: Rule) -> str:
    """The counts that a rule hides, from the smallest to the largest."""
    return f"{1 if rule.zeros_published else 0}–{rule.threshold - 1}"


def mark(status: Status) -> str:
    """The mark that stands where a figure isn't shown."""
    return HIDDEN if status is Status.SUPPRESSED else UNREGISTERED


def number(cell: Cell) -> int | Decimal | None:
    """The figure as a number, percentages rounded as everywhere else; None when it isn't shown."""
    if cell.value is None:
        return None
    if isinstance(cell.value, Fraction):
        shown = rounded(cell.value)
        return Decimal(shown.numerator) / shown.denominator
    return cell.value


def written(cell: Cell, language: Language, show: Show | None = None) -> str:
    """The figure as people read it, or its mark; without `show`, fractions are percentages."""
    if cell.value is None:
        return mark(cell.status)
    kept = KEPT_MARK if cell.status is Status.KEPT else ""
    if show is Show.PERCENT or (show is None and isinstance(cell.value, Fraction)):
        return swedish_percent(Fraction(cell.value), language) + (FEW_MARK if cell.few else "") + kept
    return swedish_number(cell.value, language) + kept


def spoken(cell: Cell) -> str:
    """What a screen reader says instead of a mark; empty when the figure speaks for itself."""
    return {
        Status.OK: "",
        Status.KEPT: "",
        Status.SUPPRESSED: _("dold för att skydda personer"),
        Status.MISSING: _("uppgift saknas"),
    }[cell.status]


def cautioned(cell: Cell, language: Language, show: Show) -> str:
    """What a screen reader says of a cell in a table instead of what is written: of its mark, if it has one."""
    if cell.status is Status.KEPT:
        return _("%(figure)s, står kvar") % {"figure": written(cell, language, show).rstrip(KEPT_MARK + FEW_MARK)}
    if cell.few and not spoken(cell):
        figure = written(cell, language, show).removesuffix(FEW_MARK)
        return _("%(figure)s av färre än %(few)s") % {"figure": figure, "few": FEW}
    return spoken(cell)


def read_out(cell: Cell, unit: str, language: Language) -> str:
    """A cell in words: its figure and unit, or why there is none."""
    return spoken(cell) or f"{written(cell, language)} {unit}".strip()


def lowered(label: str) -> str:
    """A label in the middle of a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def worst(cells: Iterable[Cell]) -> Status:
    """The status of a row: that of its least shown figure."""
    return min((cell.status for cell in cells), key=WORST_FIRST.index, default=Status.OK)


def meanings() -> dict[str, str]:
    """Every mark and what it means."""
    return {
        HIDDEN: _("antalet är dolt för att ingen person ska kunna kännas igen"),
        UNREGISTERED: _("uppgiften saknas eller är inte registrerad"),
        ZERO: _("noll: ingen, eller ingen skillnad"),
    }


def rounded_to(base: int) -> str:
    """What is said of a table whose figures are rounded."""
    return _("Siffrorna är avrundade till närmaste %(base)s.") % {"base": base}


def legend(cells: Iterable[Cell]) -> tuple[tuple[str, str], ...]:
    """The marks that occur among the cells, with their meanings, in a fixed order."""
    cells = tuple(cells)
    seen = {ZERO if cell.value is not None else mark(cell.status) for cell in cells if not cell.value}
    seen |= {FEW_MARK for cell in cells if cell.few}
    seen |= {KEPT_MARK for cell in cells if cell.status is Status.KEPT}
    few = _("andelen är av färre än %(few)s: en person mer eller mindre ändrar den mycket") % {"few": FEW}
    kept = _("står kvar som det trycktes: siffran är räknad om, men ändringen visas inte")
    every = (*meanings().items(), (FEW_MARK, few), (KEPT_MARK, kept))
    return tuple((sign, words) for sign, words in every if sign in seen)
