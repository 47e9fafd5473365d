"""An invented publication: every figure in it is made up, to show each kind of cell in each kind of block."""

from datetime import date
from fractions import Fraction

from finsam.disclosure.protect import Cell, Protected, Rule, Status
from finsam.publications.blocks import (
    Bars,
    Definitions,
    Grid,
    GridRow,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Publication,
    Series,
    Show,
    Tidy,
)
from finsam.values.keys import Code, Sum

HIDDEN = Cell(None, Status.SUPPRESSED)
MISSING = Cell(None, Status.MISSING)
YEARS = ("2016", "2017", "2018", "2019", "2020")
WOMEN = (Cell(1354), Cell(1753), Cell(2069), HIDDEN, Cell(1272))
MEN = (Cell(557), Cell(0), MISSING, HIDDEN, Cell(587))
TOTAL = (Cell(1911), Cell(1753), MISSING, Cell(2069), Cell(1859))
WOMEN_PERCENT = (
    Cell(Fraction(135400, 1911)),
    Cell(Fraction(100)),
    MISSING,
    HIDDEN,
    Cell(Fraction(127200, 1859)),
)
MEN_PERCENT = (Cell(Fraction(55700, 1911)), Cell(Fraction(0)), MISSING, HIDDEN, Cell(Fraction(1, 2)))

COLUMNS = {"year": "År", "sex": "Kön", "persons": "Personer", "percent": "Procent", "base": "Bas"}
WORDS: dict[str, dict[Code, str]] = {"sex": {"women": "Kvinnor", "men": "Män", Sum.TOTAL: "Totalt"}}
BY_SEX: dict[Code, tuple[Cell, ...]] = {"women": WOMEN, "men": MEN, Sum.TOTAL: TOTAL}


def without_words(tidy: Tidy) -> set[tuple[str, Code]]:
    """The codes of a table that have no words in their own dimension; years and periods name themselves."""
    apart = {"year", "period"}
    used = {one for key in tidy.table.cells for one in zip(tidy.table.dimensions, key, strict=True)}
    return {(name, code) for name, code in used if name not in apart and code not in tidy.words.get(name, {})}


PARTICIPANTS = Protected(
    "participants",
    ("year", "sex"),
    ("persons",),
    {(year, sex): (cells[at],) for at, year in enumerate(YEARS) for sex, cells in BY_SEX.items()},
)
SHARES = Protected(
    "shares",
    ("year", "sex"),
    ("percent", "base"),
    {
        (year, sex): (cells[at], TOTAL[at])
        for at, year in enumerate(YEARS)
        for sex, cells in {"women": WOMEN_PERCENT, "men": MEN_PERCENT}.items()
    },
)
ONGOING = Grid(
    "ongoing",
    "Tabell 1. Påhittade deltagare med sjukpenning, 2016–2020",
    "År",
    (("Antal", 3), ("Andel", 2)),
    ("Kvinnor", "Män", "Totalt", "Kvinnor", "Män"),
    (Show.COUNT, Show.COUNT, Show.COUNT, Show.PERCENT, Show.PERCENT),
    tuple(
        GridRow(year, (WOMEN[at], MEN[at], TOTAL[at], WOMEN_PERCENT[at], MEN_PERCENT[at]))
        for at, year in enumerate(YEARS)
    ),
    "Alla tal i tabellen är påhittade.",
)
LONG = Grid(
    "directions",
    "Tabell 2. Påhittade insatser efter inriktning",
    "Inriktning",
    (),
    ("Insatser", "Förbund"),
    (Show.COUNT, Show.COUNT),
    tuple(GridRow(f"Påhittad inriktning nummer {n} med <långt> namn", (Cell(n * 7), Cell(n))) for n in range(1, 61)),
)
NEW = Bars(
    "new",
    "Nya med sjukpenning: lägst på fem år",
    "Påhittade nya deltagare, personer per år",
    YEARS,
    (Series("Kvinnor", "women", WOMEN), Series("Män", "men", MEN)),
    "nya deltagare",
    "ongoing",
)
DIRECTIONS = Bars(
    "directions",
    "Arbetslivsinriktad rehabilitering är vanligast",
    "Påhittade insatser 2020, antal",
    ("Rehabilitering till arbete eller studier", "Förberedande", "Förebyggande"),
    (Series("Insatser", "first", (Cell(338), Cell(120), Cell(9))),),
    "insatser",
    "directions",
)


def publication(language: str = "sv") -> Publication:
    """The invented report."""
    return Publication(
        key="invented",
        title="Påhittad rapport 2020 <prov & #test>",
        year=2020,
        language=language,
        snapshot_id="2021-01-31-0123456789ab",
        as_of=date(2021, 1, 31),
        lead="24 867 påhittade personer deltog under 2020. Alla tal i rapporten är påhittade.",
        blocks=(
            KeyFigures(
                (
                    KeyFigure("deltagare i individinriktade insatser", Cell(24867)),
                    KeyFigure("är kvinnor", Cell(Fraction(55)), Show.PERCENT),
                    KeyFigure("i för små grupper", HIDDEN),
                )
            ),
            Heading(2, "Färre nya deltagare i båda grupperna"),
            Paragraph("Under 2020 började 1 859 personer med sjukpenning i en insats. Det är påhittat."),
            NEW,
            ONGOING,
            Heading(2, "Insatserna"),
            Heading(3, "Efter inriktning"),
            Paragraph("Här står *inte* fetstil, inte $matematik$ och inte <b>taggar</b>."),
            DIRECTIONS,
            LONG,
            Heading(2, "Inriktningarna förklarade"),
            Definitions((("Förberedande", "Det som kommer före & leder till nästa steg."), ("Annan", "Allt annat."))),
        ),
        tables=(
            Tidy(PARTICIPANTS, "Påhittade deltagare", COLUMNS, WORDS),
            Tidy(SHARES, "Påhittade andelar", COLUMNS, WORDS),
        ),
        rule=Rule(),
    )
