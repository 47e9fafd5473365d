"""The consistency gate: what does not hold together in an edition, or in anyone's table, in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finsam.disclosure.cells import MISSING, TOTAL, Cell, Key, Protected
from finsam.disclosure.relations import Address
from finsam.editions.stored import changes
from finsam.editions.stored.content import Content
from finsam.publications.blocks import Heading, Paragraph, Publication
from finsam.statistics.checks import consistency, table_files
from finsam.statistics.checks.consistency import Finding
from finsam.values.sentences import SentenceError
from finsam.values.shares import Language, change, percent, rounded

OWN = ("part", "persons")  # what a percentage beside it is of the base


@dataclass(frozen=True)
class Outside:
    """A figure that somebody else has published, for a cell of ours."""

    at: Address
    number: Fraction
    source: str


def check_table(content: bytes) -> list[str]:
    """Give what does not hold together in a published table, one line each; refused when it cannot be read."""
    try:
        return [f"{found.row}: {said(found)}" for found in table_files.findings(table_files.read(content))]
    except SentenceError as refusal:
        raise ValidationError(_(refusal.template), params=refusal.params or None) from refusal


def language() -> Language:
    """The language that is spoken; the reports' own is not asked, since it loads all that counts."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def said(finding: Finding) -> str:
    """The finding's sentence in the language that is spoken."""
    return finding.filled(_(finding.template), language())


def gate(content: Content, before: Content | None, outside: Sequence[Outside]) -> list[Finding]:
    """Find what does not hold together in an edition: within it, with an earlier one, and with figures from elsewhere.

    What differs from the earlier edition is explained when the snapshot is of a later day, and by nothing else.
    """
    cells = consistency.cells_of(content.tables)
    found = [*consistency.relations(cells, content.relations), *_shares(content.tables, cells)]
    found += _sentences(content)
    found += _denominators(content, cells)
    if before is not None:
        changed = changes.between(before, content.publication)
        later = content.inputs.as_of > before.inputs.as_of
        found += consistency.revisions(changed, before.publication.title, later=later)
    for one in outside:
        compared = consistency.outside(consistency.row_of(one.at), cells.get(one.at, MISSING), one.number, one.source)
        found += [compared] if compared else []
    return found


def _shares(tables: Iterable[Protected], cells: Mapping[Address, Cell]) -> Iterator[Finding]:
    """Hold each percentage against the cells it is made of: in its row, or in the table of the same dimensions."""
    tables = list(tables)
    counts = {table.dimensions: table for table in tables if table.persons}
    for table in tables:
        own = next((name for name in OWN if name in table.figures), "")
        part = table if own else counts.get(table.dimensions)
        if part is not None and "percent" in table.figures:
            whole = "recipients" if "recipients" in table.figures else "base"
            columns = ((part.name, own or "persons"), (table.name, whole), (table.name, "percent"))
            for key in table.cells:
                yield from _share([Address(name, key, figure) for name, figure in columns], cells)


def _share(addresses: Sequence[Address], cells: Mapping[Address, Cell]) -> Iterator[Finding]:
    part, whole, printed = (cells.get(address, MISSING).value for address in addresses)
    if isinstance(part, int) and isinstance(whole, int) and printed is not None:
        found = consistency.share(consistency.row_of(addresses[-1]), part, whole, Fraction(printed))
        yield from [found] if found else []


def _denominators(content: Content, cells: Mapping[Address, Cell]) -> Iterator[Finding]:
    """Find the numbers of recipients that are smaller than the participants who are a part of them."""
    for year, support, recipients, source, _as_of in content.inputs.recipients:
        part = cells.get(Address("participants", (str(year), "ongoing", support, TOTAL)), MISSING)
        row = consistency.row_of(Address("recipients", (str(year), support), "recipients"))
        found = consistency.denominator(row, part, recipients, source)
        yield from [found] if found else []


def _sentences(content: Content) -> Iterator[Finding]:
    """Hold the numbers of running text against the cells and what is made of them."""
    counts, percents = _sayable(content)
    spoken = cast(Language, content.publication.language)
    for row, text in _texts(content.publication):
        yield from consistency.sentences(row, text, counts, percents, spoken)


def _texts(publication: Publication) -> Iterator[tuple[str, str]]:
    yield _("ingressen"), publication.lead
    heading = ""
    for block in publication.blocks:
        if isinstance(block, Heading):
            heading = block.text
            yield heading, heading
        elif isinstance(block, Paragraph) and block.counted:
            yield heading, block.text


def _sayable(content: Content) -> tuple[set[int], set[Fraction]]:
    """The counts and rounded percentages that text may say: cells, their shares of wholes, their changes over years."""
    cells = consistency.cells_of(content.tables)
    counts = {cell.value for cell in cells.values() if isinstance(cell.value, int)}
    counts |= {-count for count in counts if count < 0}  # a fall is told without its sign
    exact = {abs(cell.value) for cell in cells.values() if isinstance(cell.value, Fraction)}
    for part, whole in _pairs(content):
        one, other = (cells.get(address, MISSING).value for address in (part, whole))
        if isinstance(one, int) and isinstance(other, int):
            exact |= {share for share in (percent(one, other),) if share is not None}
    for before, after in _years(content.tables):
        old, new = (cells[address].value for address in (before, after))
        if isinstance(old, int) and isinstance(new, int):
            counts.add(abs(new - old))
            exact |= {abs(share) for share in (change(old, new),) if share is not None}
    return counts, {rounded(share) for share in exact}


def _pairs(content: Content) -> Iterator[tuple[Address, Address]]:
    """Parts and wholes: a cell and a total above it, and the two sides of what is known to hold."""
    for table in content.tables:
        for key in table.cells:
            for place in range(len(key)):
                above = (*key[:place], TOTAL, *key[place + 1 :])
                if above in table.cells:
                    for figure in table.figures:
                        yield Address(table.name, key, figure), Address(table.name, above, figure)
    for relation in content.relations:
        low, high = ([cell for factor, cell in relation.terms if factor * sign > 0] for sign in (1, -1))
        yield from ((one, other) for one in low for other in high)
        yield from ((other, one) for one in low for other in high)


def _years(tables: Iterable[Protected]) -> Iterator[tuple[Address, Address]]:
    """Every two years of the same cell, the earlier first."""
    for table in tables:
        if "year" not in table.dimensions:
            continue
        place = table.dimensions.index("year")
        same: dict[Key, list[Key]] = {}
        for key in sorted(table.cells):
            same.setdefault((*key[:place], *key[place + 1 :]), []).append(key)
        for keys in same.values():
            for before, after in combinations(keys, 2):
                yield from ((Address(table.name, before, f), Address(table.name, after, f)) for f in table.figures)
