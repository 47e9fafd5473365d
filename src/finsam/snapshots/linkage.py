"""What another agency says of the persons in a snapshot: a folder beside it, under the snapshot's own numbers.

The rows come from `participants` with pseudonyms, which a snapshot knows too; whom they are about is known there only.
Whoever is in the file and not in the snapshot is counted and not stored, and whoever is in the snapshot and not in the
file is counted. The folder is written, named and verified as those of snapshots are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.snapshots import folders, storage, writing
from finsam.snapshots.models import Linkage, Snapshot
from finsam.values import temporary

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from finsam.statistics.tables.tables import Linked, Tables

SCHEMA_VERSION: Final = 1
TABLE: Final = "linked"


class Row(Protocol):
    """What the other agency says of a person, who is named by pseudonym."""

    @property
    def pseudonym(self) -> str: ...
    @property
    def age(self) -> int: ...
    @property
    def days_in_benefit(self) -> int: ...
    @property
    def chapter(self) -> int: ...
    @property
    def earlier(self) -> Sequence[str]: ...  # other pseudonyms the person has had, in older snapshots


@dataclass(frozen=True)
class Written:
    """A linkage in its place, and its counts: persons linked, rows of nobody here, persons the file lacks."""

    identifier: str
    digest: str
    linked: int
    not_ours: int
    not_in_file: int


def root() -> Path:
    """The folder of all linkages of this home."""
    return Path(settings.FINSAM_HOME) / "linkages"


def write(snapshot: Snapshot, rows: Sequence[Row], *, unknown: int, source: str) -> Written:
    """Write the rows about persons in the snapshot; `unknown` rows more were about nobody in this home."""
    persons = _persons(snapshot)
    called = ((next((name for name in (row.pseudonym, *row.earlier) if name in persons), ""), row) for row in rows)
    found = [(persons[name], row) for name, row in called if name]
    if not found:
        raise ValidationError(
            _(
                "Ingen kod i filen hör till någon i ögonblicksbilden. Kontrollera att koderna är gjorda med rätt "
                "nyckel och av personnummer med tolv siffror. Ingenting är inläst."
            )
        )
    counts = {
        "linked": len(found),
        "not_ours": unknown + len(rows) - len(found),
        "not_in_file": len(persons) - len(found),
    }
    facts = {
        **counts,
        "as_of": snapshot.as_of.isoformat(),
        "schema_version": SCHEMA_VERSION,
        "snapshot": snapshot.identifier,
        "snapshot_digest": snapshot.digest,
        "source": source,
    }
    with writing.alone():
        temporary.clear(root())
        made = folders.write(root(), snapshot.as_of.isoformat(), {TABLE: _table(found)}, facts)
    return Written(made.identifier, made.digest, **counts)


def faults(linkage: Linkage) -> list[str]:
    """Every way in which a linkage is not what it was when it was stored, as sentences; none when it is whole."""
    return folders.faults(root() / linkage.identifier, linkage.digest)


def needed(snapshot: Snapshot) -> str:
    """Give the digest of the newest linkage beside a snapshot; refused with the commands that make one."""
    found = Linkage.objects.filter(snapshot=snapshot).order_by("stored_at", "pk").last()
    if found is None:
        raise ValidationError(
            _(
                "Rapporten behöver en samkörning med ögonblicksbilden %(id)s. Gör en nyckel med finsam link key-file "
                "och läs filen som kommer tillbaka med: finsam link read FIL --snapshot %(id)s"
            )
            % {"id": snapshot.identifier}
        )
    return found.digest


def handed(digest: str, tables: "Tables") -> "Linked | None":
    """Give a report what it needs of the linkage with a digest; nothing to one that needs none."""
    if not digest:
        return None
    from finsam.statistics.tables.tables import Linked  # loads the statistics

    found = Linkage.objects.get(digest=digest)
    return Linked(opened(found, tables), found.not_ours, found.source)


def opened(linkage: Linkage, tables: "Tables") -> "ir.Table":
    """Give the rows of a linkage in the engine that its snapshot is open in; refuses what has been changed."""
    if found := faults(linkage):
        raise ValidationError(
            _("Samkörningen %(id)s är skadad (%(faults)s). Läs tillbaka den från en kopia eller gör om den.")
            % {"id": linkage.identifier, "faults": ", ".join(found)}
        )
    engine: Any = tables.associations.get_backend()
    rows: ir.Table = engine.read_parquet(root() / linkage.identifier / f"{TABLE}.parquet", table_name=TABLE)
    return rows


def _persons(snapshot: Snapshot) -> Mapping[str, int]:
    """The number of each pseudonym in a snapshot."""
    import pyarrow.parquet

    path = storage.folder(snapshot.identifier) / "persons.parquet"
    if not path.is_file():
        raise ValidationError(
            _("Ögonblicksbilden %(id)s har inga deltagare att samköra. Välj en annan: finsam snapshot list")
            % {"id": snapshot.identifier}
        )
    columns = pyarrow.parquet.read_table(path, columns=["pseudonym", "person"]).to_pydict()
    return {name.hex(): number for name, number in zip(columns["pseudonym"], columns["person"], strict=True)}


def _table(found: Iterable[tuple[int, Row]]) -> Any:
    import pyarrow as pa

    kinds = {"person": pa.int32(), "age": pa.int16(), "days_in_benefit": pa.int32(), "chapter": pa.int8()}
    rows = sorted((person, row.age, row.days_in_benefit, row.chapter) for person, row in found)
    schema = pa.schema([pa.field(name, kind, nullable=False) for name, kind in kinds.items()])
    return pa.table(dict(zip(kinds, zip(*rows, strict=True), strict=True)), schema=schema)
