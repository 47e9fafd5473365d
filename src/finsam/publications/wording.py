"""Sentences made of cells: a sentence whose cell is not shown is left out, and words of comparison come from cells."""

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finsam.disclosure.protect import Cell, Status
from finsam.statistics.derived.comparisons import Extreme, Trend, extreme, trend
from finsam.statistics.derived.shares import change
from finsam.statistics.tables.joins import AGES
from finsam.values.codes import LISTS
from finsam.values.sentences import Counted
from finsam.values.shares import Language, rounded, swedish_number


def say(sentence: str, **cells: Cell | str) -> str:
    """Fill a sentence with figures; empty when any of them is not shown."""
    if any(isinstance(cell, Cell) and cell.value is None for cell in cells.values()):
        return ""
    return sentence % {name: cell if isinstance(cell, str) else number(cell) for name, cell in cells.items()}


def spoken(cell: Cell, none: str, some: str) -> str:
    """Choose the sentence of nobody, or that of as many as there are (out of ngettext); empty when it is not shown."""
    if cell.value is None:
        return ""
    return some if cell.value else none


def many(cell: Cell) -> int:
    """How many there are, to choose a singular or a plural by; of what is not shown nothing is said."""
    return int(cell.value or 0)


def counted(told: Counted, cell: Cell, **words: str) -> str:
    """Say a number by its sentence: of nobody, of one, of several; empty when it is not shown."""
    one_or_more = ngettext(told.one, told.many, many(cell))
    return say(spoken(cell, _(told.none), one_or_more), n=cell, **words)


def paragraph(sentences: Iterable[str]) -> str:
    """Join the sentences there are."""
    return " ".join(sentence for sentence in sentences if sentence)


def number(cell: Cell) -> str:
    """Write a count, or a percentage without its sign, as the language writes it; a mark-free empty text if hidden."""
    if cell.value is None:
        return ""
    value = rounded(cell.value) if isinstance(cell.value, Fraction) else cell.value
    return swedish_number(value, language())


def signed(cell: Cell) -> str:
    """Write a difference with its sign, plus too."""
    return f"+{number(cell)}" if cell.value and cell.value > 0 else number(cell)


def percent(cell: Cell) -> Cell | str:
    """Write a percentage in words, without its sign for a change; a cell that is not shown is passed on."""
    if cell.value is None:
        return cell
    figure = swedish_number(rounded(abs(Fraction(cell.value))), language())
    return _("%(figure)s procent") % {"figure": figure}


def moved(before: Cell, after: Cell) -> str:
    """Say how a figure went, as in 'har minskat med 15 procent'; empty when nothing may be said."""
    way = trend(before, after)
    if way is None:
        return ""
    if way is Trend.UNCHANGED:
        return _("är oförändrat")
    size = percent(change(before, after))
    if not isinstance(size, str):
        return _("har ökat från noll")
    return (_("har ökat med %(size)s") if way is Trend.ROSE else _("har minskat med %(size)s")) % {"size": size}


def not_shown(cell: Cell) -> str:
    """Say why a figure is not there; empty when it is."""
    return {
        Status.OK: "",
        Status.KEPT: "",
        Status.SUPPRESSED: _("Antalet är dolt för att ingen ska kunna kännas igen."),
        Status.MISSING: _("Uppgifter om personer saknas."),
    }[cell.status]


def finding(cells: Iterable[Cell], subject: str, year: int) -> str:
    """Title a diagram by what its newest year is: the lowest or highest, or more or fewer than the year before."""
    values = list(cells)
    record, way = extreme(values), trend(values[-2], values[-1])
    if record is not None:
        words = _("lägst på fem år") if record is Extreme.LOWEST else _("högst på fem år")
    elif way is not None:
        words = {
            Trend.ROSE: _("fler än %(year)s"),
            Trend.FELL: _("färre än %(year)s"),
            Trend.UNCHANGED: _("lika många som %(year)s"),
        }[way] % {"year": year - 1}
    else:
        return subject
    return f"{subject}: {words}"


def interventions(cell: Cell) -> Cell | str:
    """Write a number of interventions."""
    if cell.value == 0:
        return _("ingen insats")
    return cell if cell.value is None else ngettext("%(n)s insats", "%(n)s insatser", int(cell.value)) % _n(cell)


def associations(cell: Cell) -> Cell | str:
    """Write a number of associations."""
    if not cell.value:
        return cell if cell.value is None else _("inget samordningsförbund")
    return ngettext("%(n)s samordningsförbund", "%(n)s samordningsförbund", int(cell.value)) % _n(cell)


def months(cell: Cell) -> Cell | str:
    """Write a number of months."""
    return cell if cell.value is None else ngettext("%(n)s månad", "%(n)s månader", int(cell.value)) % _n(cell)


def days(cell: Cell) -> Cell | str:
    """Write a number of days."""
    return cell if cell.value is None else ngettext("%(n)s dag", "%(n)s dagar", int(cell.value)) % _n(cell)


def listed(words: Iterable[str]) -> str:
    """Join words as one says them: a, b och c."""
    *first, last = words
    return _("%(first)s och %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def label(list_name: str, code: str) -> str:
    """Give the words of a code in the first edition of its list; the code itself when the list lacks it."""
    rows = [row for row in LISTS[list_name].rows if row.code == code]
    if not rows:
        return code
    return rows[-1].label if language() == "sv" else rows[-1].label_en


def ages(youngest: int) -> str:
    """Name a group of ages by its youngest."""
    at = AGES.index(youngest)
    if at + 1 == len(AGES):
        return _("%(age)s år och äldre") % {"age": youngest}
    if at == 0:
        return _("Högst %(age)s år") % {"age": AGES[1] - 1}
    return _("%(from)s–%(to)s år") % {"from": youngest, "to": AGES[at + 1] - 1}


def _n(cell: Cell) -> dict[str, str]:
    return {"n": number(cell)}


def language() -> Language:
    """Tell which of the two languages is being written."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"
