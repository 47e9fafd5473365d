"""The tables of the report on linked records: laid out for people, and tidy for files."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Cell
from finsam.publications.blocks import Grid, GridRow, Show, Tidy
from finsam.publications.wording import ages, language
from finsam.reports.linked_records.counts import BY_SEX, GROUPS, NOT_STATED, SPLITS
from finsam.reports.linked_records.figures import Figures
from finsam.reports.linked_records.tables import TABLES
from finsam.reports.national_annual.people import sexes, supports
from finsam.values.codes.diagnoses import CHAPTERS
from finsam.values.keys import Code, Key, written

CellOf = Callable[[str, Code], Cell]  # by support and sex
Rows = Iterable[tuple[str, CellOf]]


def lengths() -> dict[Code, str]:
    """Name the classes of days, in whole days as they are divided."""
    names = (
        _("Högst tre månader"),
        _("Tre till sex månader"),
        _("Sex månader till ett år"),
        _("Ett till två år"),
        _("Två till tre år"),
        _("Tre till fem år"),
        _("Mer än fem år"),
    )
    return dict(zip(SPLITS["linked_days"].codes, names, strict=True))


def up_to() -> tuple[str, ...]:
    """Say how long somebody in each class, or a shorter one, has had a benefit; in the last, how much longer."""
    return (
        _("högst tre månader"),
        _("högst sex månader"),
        _("högst ett år"),
        _("högst två år"),
        _("högst tre år"),
        _("högst fem år"),
        _("mer än fem år"),
    )


def chapter_title(code: Code) -> str:
    """Name a chapter of ICD-10-SE with its codes."""
    if code == NOT_STATED:
        return _("Saknas eller är okänd")
    found = next(one for one in CHAPTERS if one.code == code)
    return found.label if language() == "sv" else found.label_en


def lowered(text: str) -> str:
    """Put a title in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def grids(figures: Figures) -> Iterator[Grid]:
    """Give the tables, those who were found and those who were not first."""
    rows = (
        (_("Började en insats"), figures.new),
        (_("Finns i den andra myndighetens uppgifter"), figures.found),
        (_("Finns inte där"), figures.missing),
    )
    yield _grid("linked", _("Funna och inte funna %(year)s"), "", rows, figures)
    yield _parts(figures, "linked_ages", _("Ålder vid start %(year)s"), _ages())
    note = _("Klasserna slutar med dag 90, 180, 365, 730, 1 095 och 1 825.")
    yield _parts(figures, "linked_days", _("Tid med ersättning före start %(year)s"), lengths(), note)
    days = ((_("Medeltal, dagar"), figures.mean),)
    note = _("Avrundat till tiotal dagar. Medeltalet för alla är vägt ur kvinnors och mäns.")
    yield _grid("linked_means", _("Dagar med ersättning före start %(year)s, i medeltal"), note, days, figures)
    note = _("Kapitel i ICD-10-SE. Kapitel som ingen har en diagnos i är utelämnade.")
    yield _parts(figures, "linked_chapters", _("Diagnoskapitel %(year)s"), _chapters(figures), note)


def tidy(figures: Figures) -> Iterator[Tidy]:
    """Give the tables as they are written to files, with words for every code."""
    headings, words = TABLES.headings(), _words()
    for table in TABLES.tables:
        yield Tidy(figures.tables[table.name], str(table.caption), headings, words)


def _codes(name: str) -> Key:
    return SPLITS[name].codes


def _chapters(figures: Figures) -> dict[Code, str]:
    """The chapters in which there may be somebody, in the order of the classification."""
    names = {
        code: f"{code.replace('-', '–')} {chapter_title(code)}" if isinstance(code, str) else chapter_title(code)
        for code in _codes("linked_chapters")
    }
    anybody = {code for code in names for group in GROUPS if figures.part("linked_chapters", group, code).value != 0}
    return {code: name for code, name in names.items() if code in anybody}


def _parts(figures: Figures, name: str, caption: str, codes: dict[Code, str], note: str = "") -> Grid:
    def cells(code: Code) -> CellOf:
        return lambda group, sex: figures.part(name, group, code, sex)

    rows = [(label, cells(code)) for code, label in codes.items()]
    return _grid(name, caption, note, [*rows, (_("Totalt"), cells(TOTAL))], figures)


def _grid(key: str, caption: str, note: str, rows: Rows, figures: Figures) -> Grid:
    groups = tuple((supports()[group], len(BY_SEX)) for group in GROUPS)
    columns = tuple(sexes()[sex] for sex in BY_SEX) * len(GROUPS)
    filled = tuple(
        GridRow(label, tuple(cell(group, sex) for group in GROUPS for sex in BY_SEX)) for label, cell in rows
    )
    shows = (Show.COUNT,) * len(columns)
    return Grid(key, caption % {"year": figures.year}, _("Personer"), groups, columns, shows, filled, note)


def _ages() -> dict[Code, str]:
    return {written(age): ages(int(written(age))) for age in _codes("linked_ages")}


def _words() -> Mapping[str, Mapping[Code, str]]:
    every: dict[Code, str] = {TOTAL: _("Totalt")}
    return {
        "flow": {"new": _("Nya under året")},
        "support": supports(),
        "sex": sexes(),
        "age": _ages() | every,
        "days": lengths() | every,
        "chapter": {code: chapter_title(code) for code in _codes("linked_chapters")} | every,
    }
