"""The queries that number and shape states; DuckDB's SQL, in the order they are run."""

from typing import Final

# A day that was read as text, or no day; and the number a code of a list has in this snapshot, none for an unknown one.
MACROS: Final = (
    "CREATE MACRO day(written) AS CAST(NULLIF(written, '') AS DATE)",
    "CREATE MACRO coded(kind, word) AS (SELECT n.number FROM code_number n WHERE n.list = kind AND n.code = word)",
)

NUMBERS: Final = (
    """CREATE TABLE code_number AS
        SELECT list, code, number FROM fixed
        UNION ALL
        SELECT list, code, row_number() OVER (PARTITION BY list ORDER BY min(id))
        FROM state_code GROUP BY list, code""",
    """CREATE TABLE municipality_number AS
        SELECT m.id, m.code, m.name, c.code AS county_code,
            row_number() OVER (ORDER BY m.code, m.first_day, m.name, c.code, m.id) AS number
        FROM state_municipality m LEFT JOIN state_county c ON c.id = m.county_id""",
    """CREATE TABLE association_number AS
        SELECT *, row_number() OVER (ORDER BY number, name, first_day, ends_before, id) AS association
        FROM state_association""",
    """CREATE TABLE intervention_number AS
        SELECT i.*, a.association, row_number() OVER (
            ORDER BY a.association, i.name, i.starts_on, i.ends_before, i.kind, i.direction, i.method, i.id
        ) AS intervention
        FROM state_intervention i LEFT JOIN association_number a ON a.id = i.association_id""",
)

TABLES: Final = {
    "codes": """
        SELECT s.list, n.number, s.code, s.label, s.label_en, day(s.first_day) AS first_day,
            day(s.ends_before) AS ends_before, s.source, s.verified = 1 AS verified
        FROM state_code s JOIN code_number n USING (list, code)
        UNION ALL
        SELECT list, number, code, label, label_en, DATE '2004-01-01', NULL, 'finsam', true FROM fixed""",
    "municipalities": "SELECT number AS municipality, code, name, county_code FROM municipality_number",
    "associations": """
        SELECT association, number, name, day(first_day) AS first_day, day(ends_before) AS ends_before
        FROM association_number""",
    "coverage": """
        SELECT a.association, m.number AS municipality, day(c.first_day) AS first_day,
            day(c.ends_before) AS ends_before
        FROM state_coverage c
        LEFT JOIN association_number a ON a.id = c.association_id
        LEFT JOIN municipality_number m ON m.id = c.municipality_id""",
    "interventions": """
        SELECT intervention, association, name, coded('kind', i.kind) AS kind,
            coded('direction', i.direction) AS direction, coded('method', i.method) AS method,
            day(starts_on) AS starts_on, day(ends_before) AS ends_before
        FROM intervention_number i""",
    "target_groups": """
        SELECT i.intervention, coded('need_group', t.need_group) AS need_group
        FROM state_targetgroup t LEFT JOIN intervention_number i ON i.id = t.intervention_id""",
    "performers": """
        SELECT i.intervention, coded('party_kind', o.kind) AS party_kind, o.code AS party_code
        FROM state_performer p
        LEFT JOIN intervention_number i ON i.id = p.intervention_id
        LEFT JOIN state_organisation o ON o.id = p.party_id""",
    "plans": """
        SELECT i.intervention, p.year, p.participants
        FROM state_plan p LEFT JOIN intervention_number i ON i.id = p.intervention_id""",
    "head_counts": """
        SELECT i.intervention, h.year, coded('source', h.source) AS source, h.women, h.men
        FROM state_headcount h LEFT JOIN intervention_number i ON i.id = h.intervention_id""",
}

DIRECTION_ROWS: Final = (  # the oldest first
    "SELECT code, parent, explanation, explanation_en FROM state_code WHERE list = ? ORDER BY code, first_day, id"
)

PERSON_NUMBERS: Final = (
    """CREATE TABLE registered AS
        SELECT p.id, p.sex, p.birth_year, n.id AS pseudonym, n.value
        FROM state_person p JOIN state_pseudonym n ON n.id = p.pseudonym_id
        WHERE p.id IN (SELECT person_id FROM state_participation)""",
    """CREATE TABLE pseudonym_number AS
        SELECT pseudonym, value, row_number() OVER (ORDER BY value) AS person
        FROM (SELECT DISTINCT pseudonym, value FROM registered)""",
    """CREATE TABLE human AS
        SELECT r.id, r.sex, r.birth_year, n.person FROM registered r JOIN pseudonym_number n USING (pseudonym)""",
    """CREATE TABLE stay AS
        SELECT p.id, h.person, i.intervention, coded('sex', h.sex) AS sex, h.birth_year,
            m.number AS municipality, day(p.starts_on) AS starts_on, day(p.ends_before) AS ends_before,
            coded('education', p.education) AS education, p.months_in_support,
            coded('occupation', p.occupation_at_start) AS occupation_at_start, p.extent_at_start,
            coded('occupation', p.occupation_at_end) AS occupation_at_end, p.extent_at_end,
            coded('end_reason', p.end_reason) AS end_reason
        FROM state_participation p
        LEFT JOIN human h ON h.id = p.person_id
        LEFT JOIN intervention_number i ON i.id = p.intervention_id
        LEFT JOIN municipality_number m ON m.id = p.municipality_id""",
    """CREATE TABLE numbered_stay AS
        SELECT row_number() OVER (
            ORDER BY person, intervention, starts_on, ends_before, municipality, education, months_in_support,
                occupation_at_start, extent_at_start, occupation_at_end, extent_at_end, end_reason, id
        ) AS participation, * FROM stay""",
)

# Columns that no two rows share: sorting on them sorts on all columns.
KEYS: Final = {"persons": "person", "participations": "participation"}
PERSON_TABLES: Final = {
    "persons": "SELECT person, unhex(value) AS pseudonym FROM pseudonym_number",
    "participations": "SELECT * EXCLUDE (id) FROM numbered_stay",
    "supports": """
        SELECT s.participation, coded('moment', r.moment) AS moment, coded('support', r.support) AS support
        FROM state_support r LEFT JOIN numbered_stay s ON s.id = r.participation_id""",
    "needs": """
        SELECT s.participation, coded('need_group', r.need_group) AS need_group
        FROM state_need r LEFT JOIN numbered_stay s ON s.id = r.participation_id""",
}
