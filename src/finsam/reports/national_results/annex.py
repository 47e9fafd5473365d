"""The end of the report on results: how figures are counted, and the tidy tables."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from finsam.disclosure.cells import TOTAL
from finsam.publications.blocks import Block, Definitions, Heading, Paragraph, Tidy
from finsam.reports.national_annual.people import figure_names, sexes
from finsam.reports.national_results import lengths
from finsam.reports.national_results.derived import LENGTHS, STAYING
from finsam.reports.national_results.figures import Figures
from finsam.reports.national_results.outcomes import outcome_names
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
    columns = _columns() | {written(code): words for code, words in outcome_names().items()}
    for name, caption in _captions().items():
        yield Tidy(figures.tables[name], caption, columns, _words(figures, name))


def words() -> dict[str, str]:
    """Name the tables and their columns, also those that are never shown but could be had by subtracting."""
    captions = _captions()
    unseen = {
        "again": _("Deltaganden utöver ett för varje person som avslutade"),
        "going_on": _("Pågående deltagare som inte avslutade"),
        lengths.EARLIER: _("Avslutade deltaganden som började tidigare"),
    }
    rest = {f"{name}_rest": _("%(table)s: övriga") % {"table": caption} for name, caption in captions.items()}
    return _columns() | {**captions} | rest | unseen


def _captions() -> Mapping[str, str]:
    return {
        "totals": _("Deltagare efter hur de är registrerade"),
        "outcomes_participations": _("Avslutade deltaganden, och arbete eller studier efter"),
        "outcomes_persons": _("Personer som avslutade, och arbete eller studier efter"),
        "outcome_shares": _("Andelar av de avslutade deltagandena"),
        "bands": _("Vad anonyma deltagare kan ändra i andelen"),
        "occupations": _("Sysselsättning före och efter"),
        "occupations_changed": _("Förändring i sysselsättning"),
        "supports": _("Försörjning före och efter"),
        "supports_changed": _("Förändring i försörjning"),
        "end_reasons": _("Avslutsanledning"),
        lengths.STAYS: _("Deltaganden efter hur många månader de har varat"),
        STAYING: _("Andel som är kvar i insatsen efter antal månader"),
        lengths.SUPPORT: _("Avslutade deltaganden efter tid i offentlig försörjning före"),
        "quartiles": _("Median och kvartiler för tiden i insats och i försörjning före"),
        "ages": _("Personer som avslutade efter ålder"),
        "educations": _("Personer som avslutade efter utbildning"),
        "repeats": _("Personer som avslutade efter vilken gång i ordningen"),
        "at_once": _("Personer som avslutade efter antal insatser på en gång"),
        "counties": _("Avslutade deltaganden efter län"),
        "counties_shares": _("Andel som arbetar eller studerar efter, län"),
        "associations": _("Avslutade deltaganden efter samordningsförbund"),
        "associations_shares": _("Andel som arbetar eller studerar efter, samordningsförbund"),
    }


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


def _columns() -> dict[str, str]:
    return {
        "year": _("År"),
        "sex": _("Kön"),
        "figure": _("Registrering"),
        "outcome": _("Resultat"),
        "support": _("Försörjning före"),
        "support_after": _("Försörjning efter"),
        "occupation": _("Sysselsättning före"),
        "occupation_after": _("Sysselsättning efter"),
        "end_reason": _("Avslutsanledning"),
        "months": _("Månader"),
        "length": _("Tid"),
        "quartile": _("Kvartil"),
        "county": _("Län"),
        "association": _("Förbund"),
        "age_group": _("Ålder"),
        "education": _("Utbildning"),
        "stay_number": _("Gång i ordningen"),
        "at_once": _("Insatser på en gång"),
        "persons": _("Personer"),
        "participations": _("Deltaganden"),
        "part": _("Antal"),
        "base": _("Bas"),
        "percent": _("Procent"),
        "anonymous": _("Anonyma deltagare"),
        "lowest": _("Lägsta andel"),
        "highest": _("Högsta andel"),
        "before": _("Före"),
        "after": _("Efter"),
        "difference": _("Förändring i antal"),
        "change": _("Förändring i procent"),
        "still_in": _("Pågår"),
        "more": _("Längre"),
    }


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
