"""The columns of a snapshot's tables, schema version 3: whole numbers for codes, and nothing that names a person."""

from collections.abc import Mapping
from typing import Final

import pyarrow as pa

CODE, SHORT, LONG, TEXT, DAY = pa.int8(), pa.int16(), pa.int32(), pa.string(), pa.date32()
YES, BITS = pa.bool_(), pa.int64()
OPTIONAL = frozenset(
    {
        "ends_before",
        "months_in_support",
        "extent_at_start",
        "occupation_at_end",
        "extent_at_end",
        "end_reason",
    }
)


def schema(**columns: pa.DataType) -> pa.Schema:
    """A schema in which only the columns of OPTIONAL may be empty."""
    return pa.schema([pa.field(name, kind, nullable=name in OPTIONAL) for name, kind in columns.items()])


SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    "codes": schema(
        list=TEXT,
        number=CODE,
        code=TEXT,
        label=TEXT,
        label_en=TEXT,
        first_day=DAY,
        ends_before=DAY,
        source=TEXT,
        verified=YES,
    ),
    "municipalities": schema(municipality=SHORT, code=TEXT, name=TEXT, county_code=TEXT),
    "associations": schema(association=SHORT, number=TEXT, name=TEXT, first_day=DAY, ends_before=DAY),
    "coverage": schema(association=SHORT, municipality=SHORT, first_day=DAY, ends_before=DAY),
    "interventions": schema(
        intervention=LONG,
        association=SHORT,
        name=TEXT,
        kind=CODE,
        direction=CODE,
        method=CODE,
        starts_on=DAY,
        ends_before=DAY,
    ),
    "target_groups": schema(intervention=LONG, need_group=CODE),
    "performers": schema(intervention=LONG, party_kind=CODE, party_code=TEXT),
    "plans": schema(intervention=LONG, year=SHORT, participants=LONG),
    "head_counts": schema(intervention=LONG, year=SHORT, source=CODE, women=LONG, men=LONG),
}
ABOUT_PERSONS: Final[Mapping[str, pa.Schema]] = {
    "persons": schema(person=LONG, pseudonym=pa.binary(16)),
    "participations": schema(
        participation=LONG,
        person=LONG,
        intervention=LONG,
        sex=CODE,
        birth_year=SHORT,
        municipality=SHORT,
        starts_on=DAY,
        ends_before=DAY,
        education=CODE,
        months_in_support=SHORT,
        occupation_at_start=CODE,
        extent_at_start=SHORT,
        occupation_at_end=CODE,
        extent_at_end=SHORT,
        end_reason=CODE,
    ),
    "supports": schema(participation=LONG, moment=CODE, support=CODE),
    "needs": schema(participation=LONG, need_group=CODE),
}
# Made from the tables above (see statistics.tables.person_years): one row per person and year; one per year, sex and
# supports that go together, with how many persons have them (bit n stands for the code with number n); and one per
# year, sex and need group.
LAID_OUT: Final[Mapping[str, pa.Schema]] = {
    "person_years": schema(
        year=SHORT,
        person=LONG,
        sex=CODE,
        birth_year=SHORT,
        municipality=SHORT,
        education=CODE,
        new=YES,
        ended=YES,
        supports=BITS,
        supports_new=BITS,
    ),
    "support_years": schema(year=SHORT, sex=CODE, supports=BITS, supports_new=BITS, persons=LONG),
    "need_years": schema(year=SHORT, sex=CODE, need_group=CODE, ongoing=LONG, new=LONG),
}
# Lists that are fixed in the software: list, number, code, Swedish and English words.
FIXED_CODES: Final = (
    ("sex", 1, "women", "kvinnor", "women"),
    ("sex", 2, "men", "män", "men"),
    ("moment", 1, "start", "före insatsen", "before"),
    ("moment", 2, "end", "efter insatsen", "after"),
    ("source", 1, "anonymous", "anonyma deltagare", "anonymous participants"),
    ("source", 2, "volume", "volyminsats", "counted intervention"),
    ("party_kind", 1, "social_insurance_agency", "Försäkringskassan", "Social Insurance Agency"),
    ("party_kind", 2, "employment_service", "Arbetsförmedlingen", "Employment Service"),
    ("party_kind", 3, "region", "region", "region"),
    ("party_kind", 4, "municipality", "kommun", "municipality"),
    ("party_kind", 5, "association", "samordningsförbund", "coordination association"),
    ("party_kind", 6, "authority", "annan myndighet", "other authority"),
)
