"""The end of the national annual report: how figures are counted, what the directions mean, and the tidy tables."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from finsam.publications.blocks import Block, Definitions, Heading, Paragraph, Tidy
from finsam.publications.wording import language, paragraph
from finsam.reports.labels import sums
from finsam.reports.national_annual.figures import Figures
from finsam.reports.national_annual.people import figure_names, sexes, supports
from finsam.reports.national_annual.tables import TABLES
from finsam.values.codes.directions import explained
from finsam.values.keys import Code


def blocks(figures: Figures) -> Iterator[Block]:
    """Give the definitions and the annex."""
    yield Heading(2, _("Så räknar vi"))
    yield Paragraph(paragraph(_limits(figures)), counted=False)
    yield Definitions(_definitions())
    yield Heading(2, _("Bilaga. Insatsernas inriktningar"))
    for kind, heading in (("individual", _("Individinriktade insatser")), ("structural", _structural())):
        yield Heading(3, heading)
        yield Definitions(
            tuple((figures.label("direction", code), _explained(figures, code)) for code in figures.directions[kind])
        )


def tidy(figures: Figures) -> Iterator[Tidy]:
    """Give the tables as they are written to files, with words for every code."""
    headings, words = TABLES.headings(), _words(figures)
    for table in (one for one in TABLES.tables if one.name in figures.tables):
        yield Tidy(figures.tables[table.name], str(table.caption), headings, words)


def _structural() -> str:
    return _("Strukturövergripande insatser")


def _explained(figures: Figures, code: str) -> str:
    return explained(code, figures.explanations.get(code, {}), language())


def _limits(figures: Figures) -> Iterator[str]:
    yield _("Uppgifterna är en ögonblicksbild. Det som registreras eller rättas senare är inte med.")
    yield _("De visar vilka som deltar, inte vilken effekt insatserna har.")
    for support, source in sorted(figures.sources.items()):
        if support in supports():
            yield _("Antalet personer med %(support)s i hela landet kommer från %(source)s.") % {
                "support": supports()[support].lower(), "source": source,
            }  # fmt: skip
            if figures.persons(support).value is not None and figures.recipients(support)[0].value is None:
                yield _("Det är mindre än antalet deltagare. Därför visas ingen andel.")


def _definitions() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Pågående under året"),
            _("Började senast 31 december och slutade tidigast 1 januari, eller pågår."),
        ),
        (_("Ny under året"), _("Började under året.")),
        (_("Person"), _("Var och en räknas en gång i varje cell, även med flera insatser eller i flera förbund.")),
        (_("Försörjning"), _("Den personen hade när insatsen började. Den som har flera räknas i var och en.")),
        (
            _("Behovsgrupp"),
            _("Den som är registrerad för ett deltagande under året. Den som har flera räknas i var och en."),
        ),
        (_("Sjukpenning"), _("Sjukpenning eller rehabiliteringspenning.")),
        (_("Kön"), _("Ett värde per person och år, läst ur identitetsnumret.")),
        (_("Anonyma deltagare"), _("Räknas till antal och kön utan personuppgifter, under det år de rapporteras för.")),
        (_("Volyminsats"), _("En insats där bara antalet deltagare rapporteras.")),
        (_("Felregistrering"), _("En registrering som inte skulle ha gjorts. Den räknas ingenstans.")),
        (_("Insats under året"), _("En insats vars tid går in i året.")),
        (_("Dolda antal"), _("Små antal personer visas inte, och inte heller antal som skulle avslöja dem.")),
    )


def _words(figures: Figures) -> Mapping[str, Mapping[Code, str]]:
    directions = [code for codes in figures.directions.values() for code in codes]
    groups = [code for code in (*figures.need_groups, *figures.need_groups_of_persons) if isinstance(code, str)]
    every = sums()
    return {
        "direction": every | {code: figures.label("direction", code) for code in directions},
        "need_group": every | {code: figures.label("need_group", code) for code in groups},
        "kind": every | {"individual": _("Individinriktad"), "structural": _("Strukturövergripande")},
        "sex": sexes(),
        "flow": {"ongoing": _("Pågående under året"), "new": _("Nya under året")},
        "support": supports(),
        "figure": figure_names(),
    }
