"""What stands: a cell is published once, and later publications repeat it as it was printed.

A year has one snapshot, the one its first publication was counted from; what is still to be counted of the year is
counted from it, so that tables over ten years are ten publications that are already protected together. Only the first
edition of a report may count earlier years from its own, and no special one: it can be asked for again of a snapshot
that they have. A correction counts the tables anew that it names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from finsam.disclosure.cells import MISSING, Cell, Counts, Status
from finsam.disclosure.protect import Known, Protected
from finsam.disclosure.relations import Address
from finsam.editions.stored.content import Content, Inputs, numbers
from finsam.reports.commission import ORDINARY
from finsam.values.keys import written
from finsam.values.sentences import SentenceError, gettext_noop

OF_EDITIONS: Final = frozenset({"changes", "growth"})  # tables about an edition itself, which no other repeats


@dataclass(frozen=True)
class Out:
    """A cell as it is out: as it was printed last, by which edition, and what it was counted from."""

    cell: Cell
    number: str
    source: str


@dataclass
class Standing:
    """All that is out: every cell, which tables of which years each report has printed, and the snapshot of each year.

    `reports` gives for a report, a table and a year the number of the edition that printed it last, `numbers` what each
    edition is called, and `replaced` which one it replaced.
    """

    cells: dict[Address, Out] = field(default_factory=dict)
    reports: dict[tuple[str, str, str], str] = field(default_factory=dict)
    snapshots: dict[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)

    def add(self, identifier: str, content: Content) -> None:
        """Add an edition, published after those that were added before it."""
        inputs, number = content.inputs, self.numbers[identifier]
        self.replaced[identifier] = inputs.replaces
        for table in content.tables:
            source = inputs.source(table.name)
            for at, cell, year in _cells(table, inputs.year):
                self.reports[inputs.report, table.name, year] = number
                if not cell.edition or cell.status is Status.KEPT:
                    self.cells[at] = Out(cell, number, source)
                    self.snapshots.setdefault(year, inputs.snapshot)

    def chain(self, identifier: str) -> Iterator[str]:
        """Give the number of an edition, and of those that it corrects, one after the other."""
        while identifier:
            yield self.numbers[identifier]
            identifier = self.replaced[identifier]


def out(published: Sequence[tuple[str, Content]]) -> Standing:
    """Gather all that is out, given the oldest first."""
    found = Standing(numbers=numbers((one, content.inputs.report, content.inputs.year) for one, content in published))
    for identifier, content in published:
        found.add(identifier, content)
    return found


def beside(out: Standing, inputs: Inputs, counts: Sequence[Counts], known: Known) -> Known:
    """Add what stands to all that is known: also what another table has printed of the same count.

    From another snapshot it would be printed twice, and differ; from the same a mark could be told from a nothing.
    """
    found = known | standing(out, inputs, counts)
    names = {table.name for table in counts if table.published} - set(inputs.corrects)
    same = ((at, home) for home, at in filter(None, (relation.pair for relation in known.relations)))
    twins = [one for one in (*known.revised.items(), *same) if one[0].table in names and one[0] not in found.printed]
    printed = {
        at: known.cells[old].standing(out.numbers[old.table.partition(":")[0]])
        for at, old in twins
        if old in known.cells and old.table.partition(":")[0] in out.numbers  # an answer is no print
    }
    return replace(found, printed={**found.printed, **printed})


def standing(out: Standing, inputs: Inputs, counts: Iterable[Counts]) -> Known:
    """Give what of the new counts stands as it was printed, and what a correction counts anew.

    Refused when something that is not out yet would be counted from another snapshot than its year was.
    """
    counts = [table for table in counts if table.published]
    names = {table.name for table in counts}
    printed = {at: one.cell.standing(one.number) for at, one in out.cells.items() if at.table not in names}
    corrected: dict[Address, Cell] = {}
    chain = tuple(out.chain(inputs.replaces))
    for table in counts:
        for at, _, year in _cells(table, inputs.year):
            one, by = out.cells.get(at), out.reports.get((inputs.report, table.name, year))
            if _is_anew(inputs, chain, one, at, year):
                if one is not None:
                    corrected[at] = one.cell.standing(one.number)
            elif one is not None:
                printed[at] = one.cell.standing(one.number)
            elif by is not None or chain:  # what an edition did not print, its correction doesn't either
                printed[at] = MISSING.standing(by or chain[0])
            else:
                _refuse_other_snapshot(out, inputs, year)
    return Known(printed=printed, corrected=corrected)


def refuse_other_snapshot(out: Standing, inputs: Inputs) -> None:
    """Refuse an edition of a year that has another snapshot, unless it is a correction."""
    if not inputs.replaces:
        _refuse_other_snapshot(out, inputs, str(inputs.year))


def _is_anew(inputs: Inputs, chain: Sequence[str], one: Out | None, at: Address, year: str) -> bool:
    """Tell whether a correction counts the cell: of a table that it names, of its own year or of its own editions."""
    if at.table not in inputs.corrects:
        return False
    if one is None:
        return year == str(inputs.year)
    own = year == str(inputs.year) or one.number in chain
    return own and one.source != inputs.source(at.table)


def _refuse_other_snapshot(out: Standing, inputs: Inputs, year: str) -> None:
    held = out.snapshots.get(year, inputs.snapshot)
    if held == inputs.snapshot:
        return
    own = str(inputs.year) == year or inputs.commission != ORDINARY
    first = not any(report == inputs.report for report, _, _ in out.reports)
    if own or not first:
        params: dict[str, str | int] = {"year": year, "snapshot": held, "own": inputs.year}
        raise SentenceError("standing.snapshot", _OTHER if own else _EARLIER, params)


def _cells(table: Counts | Protected, year: int) -> Iterator[tuple[Address, Cell, str]]:
    """Give the cells of a table, with the year they are of; one that is not divided by year is of the edition's."""
    if table.name in OF_EDITIONS:
        return
    place = table.dimensions.index("year") if "year" in table.dimensions else None
    for key, row in table.cells.items():
        of = str(year) if place is None else written(key[place])
        for figure, cell in zip(table.figures, row, strict=True):
            yield Address(table.name, key, figure), cell if isinstance(cell, Cell) else MISSING, of


_OTHER = gettext_noop(
    "Det som är publicerat för %(year)s är räknat ur ögonblicksbilden %(snapshot)s. Ett år har en ögonblicksbild: "
    "välj den. Är något fel rättas utgåvan."
)
_EARLIER = gettext_noop(
    "Rapporten för %(own)s visar också %(year)s, som inte är utgivet än i den här rapporten och är räknat ur "
    "ögonblicksbilden %(snapshot)s. Ge först ut rapporten för %(year)s ur den."
)
