"""The queries that give rows their numbers in a snapshot: by everything that is told of a row, never by its key.

Rows are sorted on all columns that the schema has. Two that are alike in all of them, as two interventions with one
name, are told apart by what other tables say of them; two that are alike in that too can change places unseen.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from finsam.snapshots.schema import ABOUT_PERSONS, SCHEMAS


def sorted_on(table: str, *first: str) -> str:
    """Name all columns of a table but its number, some of them first."""
    every = {**SCHEMAS, **ABOUT_PERSONS}[table].names
    return ", ".join((*first, *(name for name in every[1:] if name not in first)))


INTERVENTION: Final = sorted_on("interventions", "association", "name", "starts_on", "ends_before")
STAY: Final = sorted_on("participations", "person", "intervention", "starts_on", "ends_before")
# Codes are numbered in the order they are shipped in, then those that a home has added.
CODES: Final = """CREATE TABLE code_number AS
    SELECT list, code, number FROM fixed
    UNION ALL
    SELECT c.list, c.code, row_number() OVER (
        PARTITION BY c.list ORDER BY min(s.place) NULLS LAST, min(c.first_day), c.code
    )
    FROM state_code c LEFT JOIN shipped s USING (list, code) GROUP BY c.list, c.code"""
# A day that was read as text, or no day; and the number a code of a list has in this snapshot, none for an unknown one.
MACROS: Final = (
    "CREATE MACRO day(written) AS CAST(NULLIF(written, '') AS DATE)",
    "CREATE MACRO coded(kind, word) AS (SELECT n.number FROM code_number n WHERE n.list = kind AND n.code = word)",
)
PLACES: Final = (
    """CREATE TABLE municipality_number AS
        SELECT m.id, m.code, m.name, c.code AS county_code,
            row_number() OVER (ORDER BY m.code, m.first_day, m.name, c.code, m.id) AS number
        FROM state_municipality m LEFT JOIN state_county c ON c.id = m.county_id""",
    """CREATE TABLE association_number AS
        SELECT *, row_number() OVER (ORDER BY number, name, first_day, ends_before, id) AS association
        FROM state_association""",
    """CREATE TABLE held_intervention AS
        SELECT i.*, a.association
        FROM state_intervention i LEFT JOIN association_number a ON a.id = i.association_id""",
    f"""CREATE TABLE twin AS
        SELECT unnest(list(id)) AS id
        FROM held_intervention GROUP BY {INTERVENTION} HAVING count(*) > 1""",  # noqa: S608 - our own
)
PERSONS: Final = (
    """CREATE TABLE registered AS
        SELECT p.id, p.sex, p.birth_year, n.id AS pseudonym, n.value
        FROM state_person p JOIN state_pseudonym n ON n.id = p.pseudonym_id
        WHERE p.id IN (SELECT person_id FROM state_participation)""",
    """CREATE TABLE pseudonym_number AS
        SELECT pseudonym, value, row_number() OVER (ORDER BY value) AS person
        FROM (SELECT DISTINCT pseudonym, value FROM registered)""",
    """CREATE TABLE human AS
        SELECT r.id, r.sex, r.birth_year, n.person FROM registered r JOIN pseudonym_number n USING (pseudonym)""",
    """CREATE TABLE held_stay AS
        SELECT p.id, h.person, p.intervention_id, coded('sex', h.sex) AS sex, h.birth_year,
            m.number AS municipality, day(p.starts_on) AS starts_on, day(p.ends_before) AS ends_before,
            coded('education', p.education) AS education, p.months_in_support,
            coded('occupation', p.occupation_at_start) AS occupation_at_start, p.extent_at_start,
            coded('occupation', p.occupation_at_end) AS occupation_at_end, p.extent_at_end,
            coded('end_reason', p.end_reason) AS end_reason
        FROM state_participation p
        LEFT JOIN human h ON h.id = p.person_id
        LEFT JOIN municipality_number m ON m.id = p.municipality_id""",
    """CREATE TABLE looked_at AS
        SELECT unnest(list(id)) AS id FROM held_stay GROUP BY person, intervention_id HAVING count(*) > 1
        UNION
        SELECT id FROM held_stay WHERE intervention_id IN (SELECT id FROM twin)""",
)
# What other tables say of a row, by the key of that row.
OF_STAY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "supports": "SELECT participation_id AS key, * EXCLUDE (id, participation_id) FROM state_support",
        "needs": "SELECT participation_id AS key, * EXCLUDE (id, participation_id) FROM state_need",
    }
)
OF_INTERVENTION: Final[Mapping[str, str]] = MappingProxyType(
    {
        "groups": "SELECT intervention_id AS key, * EXCLUDE (id, intervention_id) FROM state_targetgroup",
        "performers": """
            SELECT p.intervention_id AS key, o.* EXCLUDE (id)
            FROM state_performer p LEFT JOIN state_organisation o ON o.id = p.party_id""",
        "plans": "SELECT intervention_id AS key, * EXCLUDE (id, intervention_id) FROM state_plan",
        "heads": "SELECT intervention_id AS key, * EXCLUDE (id, intervention_id) FROM state_headcount",
    }
)
STAYS_OF_INTERVENTION: Final = """
    SELECT s.intervention_id AS key, s.* EXCLUDE (id, intervention_id), b.supports, n.needs
    FROM held_stay s LEFT JOIN told_supports b ON b.key = s.id LEFT JOIN told_needs n ON n.key = s.id"""


def queries(*, with_persons: bool) -> Iterator[str]:
    """Give the queries in the order they are run."""
    yield from (CODES, *MACROS, *PLACES)
    told = dict(OF_INTERVENTION)
    if with_persons:
        yield from PERSONS
        yield from (_told(name, facts, "looked_at") for name, facts in OF_STAY.items())
        told["stays"] = STAYS_OF_INTERVENTION
    yield from (_told(name, facts, "twin") for name, facts in told.items())
    yield _numbered("intervention", "held_intervention", INTERVENTION, told)
    if with_persons:
        yield """CREATE TABLE stay AS
            SELECT h.* EXCLUDE (intervention_id), i.intervention
            FROM held_stay h LEFT JOIN intervention_number i ON i.id = h.intervention_id"""
        yield _numbered("participation", "stay", STAY, OF_STAY)


def _told(name: str, facts: str, among: str) -> str:
    """Gather what is said of some rows, in an order of its own."""
    return f"""CREATE TABLE told_{name} AS
        SELECT key, list_sort(list(CAST(row(*COLUMNS(* EXCLUDE (key))) AS TEXT))) AS {name}
        FROM ({facts}) WHERE key IN (SELECT id FROM {among}) GROUP BY key"""  # noqa: S608 - our own


def _numbered(number: str, table: str, columns: str, told: Mapping[str, str]) -> str:
    joins = " ".join(f"LEFT JOIN told_{name} ON told_{name}.key = t.id" for name in told)
    return f"""CREATE TABLE {number}_number AS
        SELECT t.*, row_number() OVER (ORDER BY {columns}, {", ".join(told)}, t.id) AS {number}
        FROM {table} t {joins}"""  # noqa: S608 - our own
