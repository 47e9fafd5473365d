"""Late registration: counts the figures of past years in every snapshot, protects them, and keeps what may be shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.snapshots import storage

if TYPE_CHECKING:
    from finsam.disclosure.cells import Cell
    from finsam.disclosure.protect import Known, Rule
    from finsam.disclosure.relations import Address
    from finsam.editions.stored.content import Content
    from finsam.editions.stored.linking import Published
    from finsam.statistics.figures.late_registration import Shown, Taken

FEWEST: Final = 2  # snapshots: of one there is nothing to compare with
YEAR: Final = timedelta(days=365)
EVERYONE: Final = "persons_ongoing"  # the figure that reports tell too


class Snapshot(Protocol):
    """A snapshot as the room knows it."""

    identifier: str
    digest: str
    as_of: date


def key(taken: Iterable[Snapshot], rule: "Rule") -> str:
    """Give the same text for the same snapshots in the same order, protected by the same rule."""
    said = f"{rule.threshold} {rule.zeros_published}"
    return sha256(" ".join([said, *(one.digest for one in taken)]).encode()).hexdigest()


def counted(taken: Sequence[Snapshot], published: "Published", rule: "Rule") -> dict[str, Any]:
    """Count in every snapshot that has persons, in the order they were taken, and give what may be shown."""
    from finsam.disclosure.refusal import UnprotectableError
    from finsam.statistics.figures import late_registration

    found = list(_counted(taken, published))
    if len(found) < FEWEST:
        raise ValidationError(_too_few(taken))
    try:
        return written(late_registration.protected(found, rule))
    except UnprotectableError as refusal:
        raise ValidationError(
            _("Antalen är för små för att visas: tillsammans skulle dolda antal gå att räkna ut.")
        ) from refusal


def written(shown: Iterable["Shown"]) -> dict[str, Any]:
    """Write what may be shown as JSON."""
    from finsam.editions.stored.encoding import encode

    return {
        "snapshots": [{"id": one.name, "as_of": one.as_of.isoformat(), "table": encode(one.table)} for one in shown]
    }


def read(facts: Mapping[str, Any]) -> list["Shown"]:
    """Read back what was written."""
    from finsam.editions.stored.encoding import decode
    from finsam.statistics.figures.late_registration import Shown

    return [Shown(one["id"], date.fromisoformat(one["as_of"]), decode(one["table"])) for one in facts["snapshots"]]


def _too_few(taken: Iterable[Snapshot]) -> str:
    """Name a command that gives one more: of a day that none is of, since the same day gives the same snapshot."""
    first = min((one.as_of for one in taken), default=None)
    day = f" --as-of {first - YEAR}" if first else ""
    return _("Det behövs minst två ögonblicksbilder med deltagare. Ta en till: %(command)s") % {
        "command": f"finsam snapshot take{day}"
    }


def _counted(taken: Iterable[Snapshot], published: "Published") -> Iterator["Taken"]:
    from finsam.snapshots import engines
    from finsam.statistics.figures import late_registration

    for one in taken:
        storage.refuse_damaged(one.identifier, one.digest)
        with engines.tables(storage.folder(one.identifier)) as tables:
            if tables.have_persons:
                values = late_registration.counted(tables=tables, as_of=one.as_of, fetch=engines.rows)
                known = _known(one.digest, values, published)
                yield late_registration.Taken(one.identifier, one.as_of, values, known)


def _known(digest: str, values: Mapping[tuple[str, str], int], published: "Published") -> "Known":
    """What editions made from the same snapshot show or hide of everyone who was ongoing in a year."""
    from finsam.disclosure.protect import NOTHING
    from finsam.statistics.figures.late_registration import published as told

    years = {year for year, _figure in values}
    known = NOTHING
    for identifier, content in published:
        if content.inputs.snapshot_digest == digest:
            for year, at, cell in _everyone(content):
                if year in years:
                    known |= told(year, EVERYONE, at._replace(table=f"{identifier}:{at.table}"), cell)
    return known


def _everyone(content: "Content") -> Iterator[tuple[str, "Address", "Cell"]]:
    """Give the cells of an edition that count everyone who was ongoing in a year, by year."""
    from finsam.disclosure.cells import TOTAL
    from finsam.disclosure.relations import Address
    from finsam.reports.registry import REPORTS
    from finsam.reports.table import Counted, Tells

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
