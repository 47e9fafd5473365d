"""Whether figures hold together: sums, bounds, shares, sentences, older editions and figures from elsewhere."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from finsam.disclosure import rounding
from finsam.disclosure.cells import MISSING, Cell, Protected, Status
from finsam.disclosure.relations import Address, Relation
from finsam.statistics.derived.revisions import Change
from finsam.values.keys import written
from finsam.values.sentences import gettext_noop
from finsam.values.shares import Language, percent, rounded, swedish_number

# A number as a report writes it; four figures together are a year, since larger counts have a space or a comma.
WRITTEN = {
    "sv": re.compile(r"(?<![\w\u2212-])(\d{1,3}(?:[\u00a0 ]\d{3})+|\d+)(,\d+)?((?:[\u00a0 ](?:procent|%))?)"),
    "en": re.compile(r"(?<![\w\u2212-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?((?:[\u00a0 ]?(?:percent|%))?)"),
}
YEAR = re.compile(r"\d{4}")

Part = int | Fraction | str | tuple[int, ...]  # what a sentence is filled with; a tuple is a sum written out


class Kind(StrEnum):
    """What does not hold together."""

    SUM = "sum"
    BOUND = "bound"
    SHARE = "share"
    SENTENCE = "sentence"
    REVISION = "revision"
    OUTSIDE = "outside"
    DOUBT = "doubt"
    STANDS = "stands"


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: the row it is about, and a Swedish sentence with the figures filled in.

    A finding about a figure from elsewhere stops nothing: the others may be wrong. Nor does one that is explained by
    figures that stand as other editions printed them.
    """

    row: str
    kind: Kind
    template: str
    params: Mapping[str, Part] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in Swedish."""
        return self.filled(self.template)

    def filled(self, template: str, language: Language = "sv") -> str:
        """Fill in the sentence, or a translation of it, with figures as the language writes them."""
        return template % {name: _written(part, language) for name, part in self.params.items()}

    @property
    def stops(self) -> bool:
        """Tell whether the figures may not be published as they are."""
        return self.kind is not Kind.OUTSIDE and not self.is_explained

    @property
    def is_explained(self) -> bool:
        """Tell whether it is as it should be: figures stand as other editions printed them."""
        return self.kind is Kind.STANDS


def cells_of(tables: Iterable[Protected]) -> dict[Address, Cell]:
    """Give every cell of the tables by its address."""
    return {
        Address(table.name, key, figure): cell
        for table in tables
        for key, row in table.cells.items()
        for figure, cell in zip(table.figures, row, strict=True)
    }


def relations(cells: Mapping[Address, Cell], held: Iterable[Relation]) -> Iterator[Finding]:
    """Find the relations between cells that do not hold; one with a cell that is not shown says nothing.

    A rounded cell may be any count that is shown so. What fails over cells of several editions, or one that is kept, is
    explained by that.
    """
    for relation in dict.fromkeys(held):
        shown = {address: cells.get(address, MISSING) for _, address in relation.terms}
        if all(isinstance(cell.value, int) for cell in shown.values()):
            low, high = _ends(relation, shown)
            if high < 0 or (low > 0 and not relation.at_least):
                found = _broken(relation, {address: _whole(cell) for address, cell in shown.items()})
                yield _explained(found, shown.values())


def total(row: str, women: int | Fraction, men: int | Fraction, printed: int | Fraction) -> Finding | None:
    """Compare a printed total with women + men."""
    if women + men == printed:
        return None
    template = gettext_noop("kvinnor %(women)s + män %(men)s = %(sum)s, men totalen är %(total)s.")
    return Finding(row, Kind.SUM, template, {"women": women, "men": men, "sum": women + men, "total": printed})


def rows(row: str, parts: int | Fraction, printed: int | Fraction) -> Finding | None:
    """Compare the row of the whole with the sum of the other rows."""
    if parts == printed:
        return None
    template = gettext_noop("raderna blir tillsammans %(sum)s, men här står %(total)s.")
    return Finding(row, Kind.SUM, template, {"sum": parts, "total": printed})


def in_doubt(column: str, text: str, count: int) -> Finding:
    """Say that numbers of a column can be read in two ways, and which is the first."""
    template = gettext_noop(
        "”%(text)s” kan vara tusental eller ha decimaler (%(count)s tal i kolumnen). Skriv tusental med mellanslag."
    )
    return Finding(column, Kind.DOUBT, template, {"text": text, "count": count})


def at_most(row: str, part: int | Fraction, whole: int | Fraction) -> Finding | None:
    """Compare a part with the whole it lies in."""
    if part <= whole:
        return None
    template = gettext_noop("%(part)s är mer än %(whole)s, som det ska vara en del av.")
    return Finding(row, Kind.BOUND, template, {"part": part, "whole": whole})


def share(row: str, part: int, whole: int, printed: Fraction) -> Finding | None:
    """Compare a percentage with what it is of: rounded half away from zero to whole percent, one decimal below 1."""
    exact = percent(part, whole)
    if exact is not None and rounded(exact) == rounded(printed):
        return None
    template = gettext_noop("%(part)s av %(whole)s är %(exact)s procent, inte %(printed)s.")
    found = "–" if exact is None else rounded(exact)
    return Finding(
        row, Kind.SHARE, template, {"part": part, "whole": whole, "exact": found, "printed": rounded(printed)}
    )


def possible(row: str, base: int, printed: Fraction) -> Finding | None:
    """Tell whether any whole number of the base is rounded to the percentage."""
    nearest = int(printed * base / 100)
    tried = (percent(part, base) for part in range(max(nearest - 1, 0), nearest + 3))
    if any(exact is not None and rounded(exact) == rounded(printed) for exact in tried):
        return None
    template = gettext_noop("inget antal av %(base)s är %(printed)s procent.")
    return Finding(row, Kind.SHARE, template, {"base": base, "printed": rounded(printed)})


def sentences(
    row: str, text: str, counts: Collection[int], percents: Collection[Fraction], language: Language = "sv"
) -> Iterator[Finding]:
    """Find the numbers in running text that no cell gives; a percentage is compared as it is rounded."""
    for whole, decimals, sign in WRITTEN[language].findall(text):
        if YEAR.fullmatch(whole) and not decimals and not sign:
            continue
        number = Fraction(re.sub(r"\D", "", whole) + ("." + decimals[1:] if decimals else ""))
        if number not in (percents if sign else counts):
            template = gettext_noop("texten säger %(number)s, som ingen cell ger: ”%(text)s”")
            yield Finding(row, Kind.SENTENCE, template, {"number": f"{whole}{decimals}{sign}", "text": text})


def revisions(changes: Iterable[Change], before: str, *, later: bool) -> Iterator[Finding]:
    """Find figures that differ from an older edition's for the same years, unless they were registered later.

    `later` says that the snapshot is of a later day: what was registered or corrected between the days explains it.
    """
    for change in changes if not later else ():
        template = gettext_noop(
            "%(before)s hade %(old)s, nu är det %(new)s, och ingen senare registrering förklarar det."
        )
        shown = {"before": before, "old": _cell(change.before), "new": _cell(change.after)}
        yield Finding(change.row, Kind.REVISION, template, shown)


def outside(row: str, cell: Cell, number: int | Fraction, source: str) -> Finding | None:
    """Compare a cell with what somebody else has published; a cell that is not shown says nothing."""
    if cell.value is None:
        return None
    ours = rounded(cell.value) if isinstance(cell.value, Fraction) else cell.value
    if ours == number:
        return None
    template = gettext_noop("%(source)s har %(number)s, här är det %(ours)s.")
    return Finding(row, Kind.OUTSIDE, template, {"source": source, "number": number, "ours": ours})


def denominator(row: str, part: Cell, recipients: int, source: str) -> Finding | None:
    """Compare a count with what somebody else has published of the whole country, of which it is a part.

    The share is missing then, and nothing that is shown is wrong: it stops nothing.
    """
    if not isinstance(part.value, int) or part.value <= recipients:
        return None
    template = gettext_noop(
        "%(part)s är fler än %(recipients)s i hela landet enligt %(source)s. Andelen visas inte: rätta nämnaren."
    )
    return Finding(row, Kind.OUTSIDE, template, {"part": part.value, "recipients": recipients, "source": source})


def _broken(relation: Relation, values: Mapping[Address, int]) -> Finding:
    """Name the whole first: it is what stands with a minus in a sum, and with a plus where a part lies in it."""
    sign = 1 if relation.at_least and sum(factor > 0 for factor, _ in relation.terms) == 1 else -1
    whole = next(address for factor, address in relation.terms if factor * sign > 0)
    others = tuple(values[address] for _, address in relation.terms if address != whole)
    numbers: dict[str, Part] = {"parts": others, "total": values[whole]}
    if relation.at_least:
        template = gettext_noop("delarna %(parts)s och det hela %(total)s kan inte vara sanna på en gång.")
        return Finding(row_of(whole), Kind.BOUND, template, numbers)
    template = gettext_noop("delarna %(parts)s blir inte %(total)s.")
    return Finding(row_of(whole), Kind.SUM, template, numbers)


def row_of(address: Address) -> str:
    """Write a cell's place as a row is named: table, codes, figure."""
    return " ".join((address.table, ",".join(map(written, address.key)), address.figure))


def _ends(relation: Relation, shown: Mapping[Address, Cell]) -> tuple[int, int]:
    """Give the least and the largest that the two sides can differ by."""
    low = high = -relation.constant
    for factor, address in relation.terms:
        value, base = _whole(shown[address]), shown[address].base
        ends = rounding.ends(value, base) if base else (value, value)
        low, high = (bound + side(factor * end for end in ends) for bound, side in ((low, min), (high, max)))
    return low, high


def _explained(found: Finding, cells: Iterable[Cell]) -> Finding:
    """Say that figures stand as other editions printed them, if they do."""
    cells = list(cells)
    kept = any(cell.status is Status.KEPT for cell in cells)
    editions = sorted({cell.edition for cell in cells})
    if not kept and len(editions) == 1:
        return found
    template = gettext_noop("delarna %(parts)s och det hela %(total)s står i olika utgåvor (%(editions)s).")
    named = ", ".join(edition for edition in editions if edition)
    return Finding(found.row, Kind.STANDS, template, {**found.params, "editions": named})


def _whole(cell: Cell) -> int:
    return cell.value if isinstance(cell.value, int) else 0


def _cell(cell: Cell) -> int | Fraction | str:
    if cell.value is None:
        return "··" if cell.status is Status.SUPPRESSED else "–"
    return rounded(cell.value) if isinstance(cell.value, Fraction) else cell.value


def _written(part: Part, language: Language) -> str:
    if isinstance(part, tuple):
        return " + ".join(swedish_number(one, language) for one in part)
    return part if isinstance(part, str) else swedish_number(part, language)
