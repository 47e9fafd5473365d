"""The end of the report on results: how figures are counted, and the tidy tables."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from finsam.disclosure.cells import TOTAL
from finsam.publications.blocks import Block, Definitions, Heading, Paragraph, Tidy
from finsam.reports.national_annual.people import figure_names, sexes
from finsam.reports.national_results import lengths
from finsam.reports.national_results.derived import LENGTHS
from finsam.reports.national_results.figures import Figures
from finsam.reports.national_results.outcomes import outcome_names
from finsam.reports.national_results.tables import TABLES
from finsam.reports.national_results.time import class_names, quartile_names
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.values.keys import Code, Key, written


def blocks(_figures: Figures) -> Iterator[Block]:
    """Give the limits and the definitions."""
    yield Heading(2, _("Så räknar vi"))
    yield Paragraph(
        _(
            "Uppgifterna är en ögonblicksbild. De visar hur det var när deltagandet började och när det avslutades, "
            "och inget om vad som hade hänt utan insatsen. Vilka som deltar skiljer sig mellan förbund och år."
        ),
        counted=False,
    )
    yield Definitions(_definitions())


def tidy(figures: Figures) -> Iterator[Tidy]:
    """Give the tables as they are written to files, with words for every code."""
    headings = TABLES.headings((written(code), words) for code, words in outcome_names().items())
    for table in TABLES.tables:
        yield Tidy(figures.tables[table.name], str(table.caption), headings, _words(figures, table.name))


def _words(figures: Figures, name: str) -> Mapping[str, Mapping[Code, str]]:
    """Give the words of one table by dimension: a number may stand for something else in another."""
    own: dict[str, Mapping[Code, str]] = {
        "sex": sexes(),
        "figure": figure_names(),
        "outcome": outcome_names(),
        "quartile": quartile_names(),
        "length": dict(zip(LENGTHS, (_("Tid i insats"), _("Tid i offentlig försörjning före")), strict=True)),
        "months": class_names() if name == lengths.SUPPORT else _months(figures, name),
    }
    for dimension in DIMENSIONS.keys() & set(figures.tables[name].dimensions) - own.keys():
        codes: Key = (*figures.codes(name, dimension), TOTAL)
        own[dimension] = {code: figures.label(dimension, code) for code in codes}
    return own


def _months(figures: Figures, name: str) -> Mapping[Code, str]:
    """The months name themselves."""
    codes = figures.codes(name, "months") if "months" in figures.tables[name].dimensions else ()
    return {TOTAL: _("Totalt")} | {code: written(code).lstrip("0") for code in codes}


def _definitions() -> tuple[tuple[str, str], ...]:
    return (
        (_("Deltagande"), _("En persons tid i en insats. Samma person kan ha flera.")),
        (_("Avslutat under året"), _("Sista dagen låg i året. Felregistreringar räknas ingenstans.")),
        (
            _("Arbetar eller studerar efter"),
            _("Den registrerade sysselsättningen när deltagandet avslutades är arbete eller studier."),
        ),
        (_("Började"), _("Arbetar eller studerar efter, och gjorde det inte före.")),
        (_("Utökade"), _("Arbetade eller studerade redan före, och gör det i större omfattning efter.")),
        (
            _("Fyra klasser av sysselsättning"),
            _("Arbete, studier, arbetssökande och övrigt. Det som har lagts till i listan räknas som övrigt."),
        ),
        (_("Före och efter"), _("Det som är registrerat när deltagandet började och när det avslutades.")),
        (
            _("Månader i insats"),
            _("Första och sista dagen räknas. Den som är kvar när året är slut räknas så länge det är känt."),
        ),
        (
            _("Hälften inom"),
            _("Den första hela månad då minst hälften är räknade. På samma sätt för en fjärdedel och tre."),
        ),
        (_("Ålder"), _("Den ålder personen fyller under året.")),
        (
            _("Vilken gång i ordningen"),
            _("Av alla personens deltaganden, i vilken insats som helst, det som började sist och pågick under året."),
        ),
        (
            _("Anonyma deltagare"),
            _("De som är rapporterade för året utan personuppgifter. De räknas här som om alla hade avslutat."),
        ),
        (_("Andel kvinnor"), _("Kvinnor av alla i samma rad. Skillnaden är kvinnor minus män.")),
        (_("Dolda antal"), _("Små antal visas inte, och inte heller antal som skulle avslöja dem.")),
    )
