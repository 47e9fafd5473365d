"""The columns of a snapshot, schema version 3: a change here is a new version, and says who may read what."""

from itertools import chain

import pyarrow as pa
import pytest
from django.apps import apps

from finsam.snapshots import engines, rules
from finsam.snapshots.extract import states
from finsam.snapshots.schema import ABOUT_PERSONS, LAID_OUT, SCHEMAS
from tests.tables import SCHEMAS as HANDED

SHORT = {
    "int8": "8",
    "int16": "16",
    "int32": "32",
    "int64": "64",
    "string": "text",
    "date32[day]": "day",
    "bool": "yes/no",
}
GOLDEN = {
    "codes": "list text, number 8, code text, label text, label_en text, first_day day, ends_before day?, "
    "source text, verified yes/no",
    "municipalities": "municipality 16, code text, name text, county_code text",
    "associations": "association 16, number text, name text, first_day day, ends_before day?",
    "coverage": "association 16, municipality 16, first_day day, ends_before day?",
    "interventions": "intervention 32, association 16, name text, kind 8, direction 8, method 8, starts_on day, "
    "ends_before day?",
    "target_groups": "intervention 32, need_group 8",
    "performers": "intervention 32, party_kind 8, party_code text",
    "plans": "intervention 32, year 16, participants 32",
    "head_counts": "intervention 32, year 16, source 8, women 32, men 32",
    "persons": "person 32, pseudonym fixed_size_binary[16]",
    "participations": "participation 32, person 32, intervention 32, sex 8, birth_year 16, municipality 16, "
    "starts_on day, ends_before day?, education 8, months_in_support 16?, occupation_at_start 8, extent_at_start 16?, "
    "occupation_at_end 8?, extent_at_end 16?, end_reason 8?",
    "supports": "participation 32, moment 8, support 8",
    "needs": "participation 32, need_group 8",
    "person_years": "year 16, person 32, sex 8, birth_year 16, municipality 16, education 8, new yes/no, ended yes/no, "
    "supports 64, supports_new 64",
    "support_years": "year 16, sex 8, supports 64, supports_new 64, persons 32",
    "need_years": "year 16, sex 8, need_group 8, ongoing 32, new 32",
}
# Statistical fields that come out under another name or form, and where.
ELSEWHERE = {
    "county": "municipalities.county_code",
    "pseudonym": "persons.pseudonym",
    "value": "persons.pseudonym",
    "party": "performers.party_code",
    "parent": "manifest: directions",
    "explanation": "manifest: directions",
    "explanation_en": "manifest: directions",
    "at": "manifest: erased_persons",
    "persons": "manifest: erased_persons",
    "participations": "manifest: erased_persons",
}

EVERY = {**SCHEMAS, **ABOUT_PERSONS, **LAID_OUT}


def written(schema: pa.Schema) -> str:
    """A schema in one line."""
    return ", ".join(
        f"{field.name} {SHORT.get(str(field.type), field.type)}{'?' if field.nullable else ''}" for field in schema
    )


def test_the_columns_are_those_of_schema_version_3() -> None:
    assert {name: written(schema) for name, schema in EVERY.items()} == GOLDEN
    assert rules.SCHEMA_VERSION == 3


def test_every_table_that_is_written_is_opened_again() -> None:
    assert {*engines.ROOMS, *engines.PERSONS, "codes"} == set(GOLDEN)


def test_statistics_are_tried_on_the_same_columns() -> None:
    for name, columns in HANDED.items():
        assert set(columns) <= set(EVERY[name].names)


@pytest.mark.parametrize("room", ["access", "codes", "associations", "interventions", "participants"])
def test_every_statistical_field_is_in_the_snapshot_and_no_other(room: str) -> None:
    columns = set(chain.from_iterable(schema.names for schema in EVERY.values())) | set(ELSEWHERE)
    rows = apps.get_app_config(room).get_models() if apps.is_installed(f"finsam.{room}") else ()
    for model in rows:
        if not model.__name__.startswith("Historical"):
            assert set(model.Privacy.statistics) <= columns  # type: ignore[attr-defined]


def test_no_source_reads_an_identity() -> None:
    for source in states.ROOMS:
        names = {field.name for field in source.fields}
        assert not names & {*source.model.Privacy.identity, *source.model.Privacy.personal}
