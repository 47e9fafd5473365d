"""Late registration: counts the figures of past years in every snapshot, protects them, and keeps what may be shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.disclosure.cells import TOTAL, Cell
from finsam.disclosure.protect import NOTHING, Known, Rule
from finsam.disclosure.refusal import UnprotectableError
from finsam.disclosure.relations import Address
from finsam.editions.stored.content import Content
from finsam.editions.stored.encoding import decode, encode
from finsam.editions.stored.linking import Published
from finsam.reports.registry import REPORTS
from finsam.reports.table import Counted, Tells
from finsam.snapshots import engines, storage
from finsam.statistics.figures import late_registration
from finsam.statistics.figures.late_registration import Shown, Taken
from finsam.statistics.figures.late_registration import published as told

FEWEST: Final = 2  # snapshots: of one there is nothing to compare with
YEAR: Final = timedelta(days=365)
EVERYONE: Final = "persons_ongoing"  # the figure that reports tell too


class Snapshot(Protocol):
    """A snapshot as the room knows it."""

    identifier: str
    digest: str
    as_of: date


def counted(taken: Sequence[Snapshot], published: Published, rule: Rule) -> dict[str, Any]:
    """Count in every snapshot that has persons, in the order they were taken, and give what may be shown."""
    found = list(_counted(taken, published))
    if len(found) < FEWEST:
        raise ValidationError(_too_few(taken))
    try:
        return written(late_registration.protected(found, rule))
    except UnprotectableError as refusal:
        raise ValidationError(
            _("Antalen är för små för att visas: tillsammans skulle dolda antal gå att räkna ut.")
        ) from refusal


def written(shown: Iterable[Shown]) -> dict[str, Any]:
    """Write what may be shown as JSON."""
    return {
        "snapshots": [{"id": one.name, "as_of": one.as_of.isoformat(), "table": encode(one.table)} for one in shown]
    }


def read(facts: Mapping[str, Any]) -> list[Shown]:
    """Read back what was written."""
    return [Shown(one["id"], date.fromisoformat(one["as_of"]), decode(one["table"])) for one in facts["snapshots"]]


def _too_few(taken: Iterable[Snapshot]) -> str:
    """Name a command that gives one more: of a day that none is of, since the same day gives the same snapshot."""
    first = min((one.as_of for one in taken), default=None)
    day = f" --as-of {first - YEAR}" if first else ""
    return _("Det behövs minst två ögonblicksbilder med deltagare. Ta en till: %(command)s") % {
        "command": f"finsam snapshot take{day}"
    }


def _counted(taken: Iterable[Snapshot], published: Published) -> Iterator[Taken]:
    for one in taken:
        storage.refuse_damaged(one.identifier, one.digest)
        with engines.tables(storage.folder(one.identifier)) as tables:
            if tables.have_persons:
                values = late_registration.counted(tables=tables, as_of=one.as_of, fetch=engines.rows)
                known = _known(one.digest, values, published)
                yield late_registration.Taken(one.identifier, one.as_of, values, known)


def _known(digest: str, values: Mapping[tuple[str, str], int], published: Published) -> Known:
    """What editions made from the same snapshot show or hide of everyone who was ongoing in a year."""
    known, years = NOTHING, {year for year, _figure in values}
    for identifier, content in published:
        if content.inputs.snapshot_digest == digest:
            for year, at, cell in _everyone(content):
                if year in years:
                    known |= told(year, EVERYONE, at._replace(table=f"{identifier}:{at.table}"), cell)
    return known


def _everyone(content: Content) -> Iterator[tuple[str, Address, Cell]]:
    """Give the cells of an edition that count everyone who was ongoing in a year, by year."""
    declared = REPORTS[content.inputs.report].tables
    for table in sorted(content.tables, key=lambda table: table.name):
        said = declared.get(table.name)
        if said is None or not isinstance(said.tells, Tells):
            continue
        for key in sorted(table.cells):
            codes = dict(zip(table.dimensions, key, strict=True))
            whole = all(codes[name] is TOTAL for name in codes.keys() - {"year", *said.tells.apart})
            for figure, cell in zip(table.figures, table.cells[key], strict=True):
                if whole and said.tells.of(codes, figure) == Counted(EVERYONE, "persons"):
                    yield str(codes["year"]), Address(table.name, key, figure), cell
