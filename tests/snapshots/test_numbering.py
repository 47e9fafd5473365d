"""The same records are the same snapshot whatever keys their rows have and in whatever order they lie."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from hashlib import sha256
from io import BytesIO
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from finsam.participants.models import Pseudonym
from finsam.snapshots import memory
from finsam.snapshots.extract import numbering, persons, shaping, states
from finsam.snapshots.folders import PARQUET
from finsam.snapshots.schema import ABOUT_PERSONS, FIXED_CODES, SCHEMAS
from finsam.values.codes import LISTS
from tests.statistics.naive.days import Rows
from tests.statistics.populations import batch
from tests.tables import CODES, LIST_OF

SHUFFLES = 3
LAW = date(2004, 1, 1)
POPULATIONS = 60
SOURCES = {
    source.name: source for source in (*states.ROOMS, *persons.SOURCES, states.Source("state_pseudonym", Pseudonym))
}
PARTY = {number: code for name, number, code, *_ in FIXED_CODES if name == "party_kind"}


class Keys:
    """Keys of rows: drawn when they are first asked for, so that another seed gives others in another order."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.given: dict[tuple[str, Any], int] = {}
        self.left: dict[str, list[int]] = defaultdict(lambda: self.draw.sample(range(1, 100_000), 50_000))

    def of(self, what: str, natural: Any) -> int:
        """The key of a row."""
        if (what, natural) not in self.given:
            self.given[what, natural] = self.left[what].pop()
        return self.given[what, natural]

    def is_new(self, what: str, natural: Any) -> bool:
        """Whether the row has not been asked for before."""
        before = (what, natural) in self.given
        self.of(what, natural)
        return not before


def word(list_key: str, number: int | None) -> str:
    """The code with a number; none is an empty text, as the rooms keep it."""
    return {at: code for code, at in CODES[list_key].items()}.get(number or 0, "")


Row = dict[str, Any]
# The columns of rows that are words in the rooms, with their lists; and what is named by number, with the room's name.
CODED = {"kind", "direction", "method", "need_group", "source", "sex", "education", "occupation_at_start",
         "occupation_at_end", "end_reason", "moment", "support"}  # fmt: skip
NAMED = ("association", "municipality", "intervention", "participation")


class Rooms:
    """The rows of a population as the rooms have them."""

    def __init__(self, rows: Rows, keys: Keys) -> None:
        self.keys = keys
        self.found: dict[str, list[Row]] = defaultdict(list)
        self._codes()
        for state, table in (("association", "associations"), ("municipality", "municipalities"),
                             ("intervention", "interventions")):  # fmt: skip
            for one in rows[table]:
                self._row(state, one[state], one)
        self._places(rows)
        for state, table in (("coverage", "coverage"), ("targetgroup", "target_groups"), ("plan", "plans"),
                             ("headcount", "head_counts"), ("support", "supports"), ("need", "needs")):  # fmt: skip
            for number, one in enumerate(rows[table]):
                self._row(state, number, one)
        self._parties(rows)
        self._persons(rows)

    def _row(self, state: str, natural: Any, one: Mapping[str, Any], **more: Any) -> None:
        facts = {name: word(LIST_OF.get(name, name), value) if name in CODED else value for name, value in one.items()}
        facts |= {f"{name}_id": self.keys.of(name, one[name]) for name in NAMED if name in one}
        self.found[f"state_{state}"].append({**facts, **more, "id": self.keys.of(state, natural)})

    def _codes(self) -> None:
        own = [("support", "zz_b"), ("support", "zz_a"), ("education", "zz_c")]
        for key, code in [*((key, code) for key, one in LISTS.items() for code in one.codes), *own]:
            self._row("code", (key, code), {"list": key, "code": code, "first_day": LAW, "verified": 1})

    def _places(self, rows: Rows) -> None:
        for one in self.found["state_municipality"]:
            one |= {"county_id": self.keys.of("county", one["county_code"]), "first_day": LAW}
        for code in sorted({one["county_code"] for one in rows["municipalities"]}):
            self._row("county", code, {"code": code})

    def _parties(self, rows: Rows) -> None:
        for number, one in enumerate(rows["performers"]):
            party = (PARTY[one["party_kind"]], one["party_code"])
            self._row("performer", number, one, party_id=self.keys.of("organisation", party))
            if self.keys.is_new("stated", party):
                self._row("organisation", party, {}, kind=party[0], code=party[1])

    def _persons(self, rows: Rows) -> None:
        """One human is several persons, with as many sexes and years of birth."""
        for one in rows["persons"]:
            self._row("pseudonym", one["person"], {"value": f"{one['person']:032x}"})
        for one in rows["participations"]:
            human = (one["person"], one["sex"], one["birth_year"])
            self._row("participation", one["participation"], one, person_id=self.keys.of("person", human))
            if self.keys.is_new("stated", human):
                facts = {"sex": one["sex"], "birth_year": one["birth_year"]}
                self._row("person", human, facts, pseudonym_id=self.keys.of("pseudonym", one["person"]))
        for one in self.found["state_participation"]:
            one["education"] = one["education"] or "unknown"


def snapshot(rows: Rows, seed: int) -> dict[str, pa.Table]:
    """The tables of a snapshot of these rows, with keys and an order of their own."""
    keys = Keys(seed)
    found = Rooms(rows, keys).found
    with memory.opened() as engine:
        shaping.hold(engine, {state: asked(state, found[state], keys) for state in SOURCES})
        return shaping.shape(engine, with_persons=True)


def asked(state: str, lines: Sequence[dict[str, Any]], keys: Keys) -> Future[pa.Table]:
    """Rows as they are read from a database: whole numbers and texts."""
    types = states._types(SOURCES[state])
    shuffled = keys.draw.sample(lines, len(lines))
    columns = {column: [_read(line.get(column), kind) for line in shuffled] for column, kind in types.items()}
    future: Future[pa.Table] = Future()
    future.set_result(pa.table(columns, schema=pa.schema(list(types.items()))))
    return future


def _read(value: Any, kind: pa.DataType) -> Any:
    return value if kind == states.NUMBER else "" if value is None else str(value)


def digest(tables: Mapping[str, pa.Table]) -> str:
    """One text for the same bytes of the files of a snapshot."""
    found = sha256()
    for name, table in sorted(tables.items()):
        file = BytesIO()
        pq.write_table(table, file, **PARQUET)
        found.update(name.encode() + file.getvalue())
    return found.hexdigest()


def squeezed(rows: Rows) -> Rows:
    """The same rows, but each intervention and stay differs from the first in one column of its own at most.

    So whatever is not sorted on is all that tells some two apart.
    """
    found = dict(rows)
    for table, apart in (("interventions", ("intervention",)), ("participations", ("participation", "intervention"))):
        first = rows[table][0]
        columns = [name for name in first if name not in apart]
        kept = [{*apart, columns[number % len(columns)]} for number in range(len(rows[table]))]
        found[table] = [first | {name: one[name] for name in keep} for one, keep in zip(rows[table], kept, strict=True)]
    return found


@pytest.mark.parametrize("squeeze", [False, True])
def test_every_golden_population_has_one_digest_under_three_shuffles_of_all_row_ids(squeeze: bool) -> None:
    rows = batch(POPULATIONS).rows
    found = [snapshot(squeezed(rows) if squeeze else rows, seed) for seed in range(SHUFFLES + 1)]
    assert len(set(map(digest, found))) == 1


def test_what_is_alike_but_for_what_other_tables_say_of_it_is_told_apart() -> None:
    """Two interventions and two stays of one person, each pair alike in every column of its own."""
    rows = _twins()
    found = [snapshot(rows, seed) for seed in range(SHUFFLES + 1)]
    assert len(set(map(digest, found))) == 1
    assert found[0]["target_groups"]["intervention"].to_pylist() in ([1], [2])
    assert found[0]["supports"]["participation"].to_pylist() in ([1], [2], [3])


def _twins() -> dict[str, Any]:
    stays = [
        {"participation": number, "person": 1, "intervention": where, "sex": 1, "birth_year": 1990, "municipality": 1,
         "starts_on": LAW, "ends_before": None, "education": 1, "months_in_support": None, "occupation_at_start": 1,
         "extent_at_start": None, "occupation_at_end": None, "extent_at_end": None, "end_reason": None}
        for number, where in ((1, 1), (2, 1), (3, 2))
    ]  # fmt: skip
    twins = [
        {"intervention": number, "association": 1, "name": "Tvilling", "kind": 1, "direction": 1, "method": 1,
         "starts_on": LAW, "ends_before": None}
        for number in (1, 2)
    ]  # fmt: skip
    empty: dict[str, Any] = {name: [] for name in ("coverage", "performers", "plans", "head_counts", "needs")}
    return empty | {
        "municipalities": [{"municipality": 1, "code": "0180", "name": "Stockholm", "county_code": "01"}],
        "associations": [{"association": 1, "number": "1", "first_day": LAW}],
        "interventions": twins,
        "target_groups": [{"intervention": 2, "need_group": 1}],
        "persons": [{"person": 1}],
        "participations": stays,
        "supports": [{"participation": 2, "moment": 1, "support": 1}],
    }


def test_every_column_of_a_numbered_table_is_sorted_on() -> None:
    for columns, schema in (
        (numbering.INTERVENTION, SCHEMAS["interventions"]),
        (numbering.STAY, ABOUT_PERSONS["participations"]),
    ):
        assert sorted(columns.split(", ")) == sorted(schema.names[1:])


def test_codes_are_numbered_as_they_are_shipped_and_own_ones_after_them_by_day_and_code() -> None:
    rows = snapshot(_twins(), 1)["codes"].to_pylist()
    for key, one in LISTS.items():
        numbers = {row["code"]: row["number"] for row in rows if row["list"] == key}
        own = sorted(code for code in numbers if code.startswith("zz_"))
        assert sorted(numbers, key=numbers.__getitem__) == [*one.codes, *own]
