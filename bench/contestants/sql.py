"""The tables by hand in DuckDB's SQL, over the raw rows of the snapshot."""

from pathlib import Path
from string import Template
from typing import Final

import duckdb

from bench.contestants import cells
from bench.contestants.cells import Cells

YEARS: Final = "(SELECT unnest([2016, 2017, 2018, 2019, 2020]) AS year)"
# The sex of the stay that started last rides on the largest of day, number of stay and sex packed in one number.
STAYS: Final = """stays AS (
        SELECT participation, person, year(starts_on) AS first, coalesce(year(ends_before - 1), 9999) AS last,
            (starts_on - DATE '1900-01-01')::BIGINT * 17179869184 + participation::BIGINT * 4 + sex AS newest
        FROM '$folder/participations.parquet'
        WHERE end_reason IS DISTINCT FROM $misregistration
            AND intervention IN (SELECT intervention FROM '$folder/interventions.parquet' WHERE kind = $individual)
            AND starts_on < DATE '2021-01-01' AND (ends_before IS NULL OR ends_before > DATE '2016-01-01')
    )"""
PERSONS: Final = f"""
    WITH {STAYS}, flags AS (
        SELECT participation, bool_or(support <> $activity_compensation) AS sickness,
            bool_or(support = $activity_compensation) AS young
        FROM '$folder/supports.parquet'
        WHERE moment = 1
            AND support IN ($sickness_cash_benefit, $rehabilitation_cash_benefit, $activity_compensation)
        GROUP BY participation
    ), persons AS (
        SELECT year, person, max(newest) % 4 AS sex, bool_or(sickness) AS sickness, bool_or(young) AS young,
            bool_or(sickness AND first = year) AS new_sickness, bool_or(young AND first = year) AS new_young
        FROM stays LEFT JOIN flags USING (participation) JOIN {YEARS} ON year BETWEEN first AND last
        GROUP BY year, person
    )
    SELECT year, sex, count(*), count_if(sickness), count_if(young), count_if(new_sickness), count_if(new_young)
    FROM persons GROUP BY year, sex"""
NEEDS: Final = f"""
    WITH {STAYS}, years AS (
        SELECT year, participation, person, newest, first = year AS new
        FROM stays JOIN {YEARS} ON year BETWEEN first AND last
    ), sexes AS (
        SELECT year, person, max(newest) % 4 AS sex FROM years GROUP BY year, person
    ), grouped AS (
        SELECT year, person, need_group, bool_or(new) AS new
        FROM years LEFT JOIN '$folder/needs.parquet' USING (participation) GROUP BY ALL
    )
    SELECT year, sex, need_group, count(*), count_if(new)
    FROM grouped JOIN sexes USING (year, person) GROUP BY ALL"""
HEADS: Final = f"""
    SELECT year, kind, source, sum(women), sum(men)
    FROM '$folder/head_counts.parquet' JOIN '$folder/interventions.parquet' USING (intervention)
        JOIN {YEARS} USING (year)
    GROUP BY ALL"""
INTERVENTIONS: Final = f"""
    WITH grouped AS (
        SELECT intervention, need_group FROM '$folder/target_groups.parquet'
        UNION ALL
        SELECT DISTINCT intervention, 0 FROM '$folder/target_groups.parquet' WHERE need_group IN (
            $long_term_sick, $young_with_activity_compensation, $young_with_disability)
        UNION ALL
        SELECT intervention, NULL FROM '$folder/interventions.parquet'
    )
    SELECT year, need_group, kind, direction, count(DISTINCT intervention), count(DISTINCT association)
    FROM '$folder/interventions.parquet' JOIN grouped USING (intervention) JOIN {YEARS}
        ON starts_on < make_date(year + 1, 1, 1) AND (ends_before IS NULL OR ends_before > make_date(year, 1, 1))
    GROUP BY year, need_group, CUBE (kind, direction)"""


def compute(place: str) -> Cells:
    """Count everything in one connection."""
    folder = Path(place)
    numbers, of = cells.numbers(folder), cells.words(folder)
    with duckdb.connect(":memory:", config={"temp_directory": str(folder / ".spilled")}) as engine:

        def rows(query: str) -> list[tuple[int, ...]]:
            return engine.execute(Template(query).substitute(numbers, folder=folder)).fetchall()

        counted = cells.persons(rows(PERSONS), of) | cells.needs(rows(NEEDS), of) | cells.heads(rows(HEADS), of)
        return cells.participants(counted) | cells.interventions(rows(INTERVENTIONS), of)
