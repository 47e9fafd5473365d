"""The queries that shape numbered states into the tables of a snapshot; DuckDB's SQL."""

from typing import Final

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
    "SELECT code, parent, explanation, explanation_en FROM state_code WHERE list = ? ORDER BY code, first_day, label"
)
# Columns that no two rows share: sorting on them sorts on all columns.
KEYS: Final = {"persons": "person", "participations": "participation"}
PERSON_TABLES: Final = {
    "persons": "SELECT person, unhex(value) AS pseudonym FROM pseudonym_number",
    "participations": "SELECT * EXCLUDE (id) FROM participation_number",
    "supports": """
        SELECT s.participation, coded('moment', r.moment) AS moment, coded('support', r.support) AS support
        FROM state_support r LEFT JOIN participation_number s ON s.id = r.participation_id""",
    "needs": """
        SELECT s.participation, coded('need_group', r.need_group) AS need_group
        FROM state_need r LEFT JOIN participation_number s ON s.id = r.participation_id""",
}
