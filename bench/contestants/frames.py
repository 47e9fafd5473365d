"""The tables by hand in Polars, over the raw rows of the snapshot, in its streaming engine (the faster one here)."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from bench.contestants import cells
from bench.contestants.cells import YEARS, Cells

PRIORITISED = ("long_term_sick", "young_with_activity_compensation", "young_with_disability")
SICKNESS = ("sickness_cash_benefit", "rehabilitation_cash_benefit")
YOUNG = "activity_compensation"


def compute(place: str) -> Cells:
    """Count everything with one call for the persons, one for heads and one for interventions."""
    folder = Path(place)
    numbers, of = cells.numbers(folder), cells.words(folder)
    stays = _stays(folder, numbers)
    people = pl.concat(pl.collect_all([_persons(stays, year) for year in YEARS], engine="streaming"))
    needs = pl.scan_parquet(folder / "needs.parquet").with_columns(pl.col("need_group").cast(pl.Int16))
    grouped = pl.concat(pl.collect_all([_needs(stays, needs, year) for year in YEARS], engine="streaming"))
    counted = cells.persons(people.rows(), of) | cells.needs(grouped.rows(), of)
    counted |= cells.heads(_heads(folder).collect().rows(), of)
    things = pl.concat(pl.collect_all(list(_interventions(folder, numbers)), engine="streaming"))
    return cells.participants(counted) | cells.interventions(things.rows(), of)


def _stays(folder: Path, numbers: Mapping[str, int]) -> pl.LazyFrame:
    """The stays of the years with what is wanted of each; the newest day, number and sex packed in one number."""
    individual = pl.scan_parquet(folder / "interventions.parquet").filter(pl.col("kind") == numbers["individual"])
    wanted = [numbers[code] for code in (*SICKNESS, YOUNG)]
    supports = pl.scan_parquet(folder / "supports.parquet").filter(
        pl.col("moment") == 1, pl.col("support").is_in(wanted)
    )
    flags = supports.group_by("participation").agg(
        sickness=(pl.col("support") != numbers[YOUNG]).any(), young=(pl.col("support") == numbers[YOUNG]).any()
    )
    day, number = pl.col("starts_on").to_physical().cast(pl.Int64), pl.col("participation").cast(pl.Int64)
    return (
        pl.scan_parquet(folder / "participations.parquet")
        .filter(
            pl.col("end_reason").ne_missing(numbers["misregistration"]),
            pl.col("starts_on") < date(YEARS.stop, 1, 1),
            pl.col("ends_before").is_null() | (pl.col("ends_before") > date(YEARS.start, 1, 1)),
        )
        .join(individual.select("intervention"), on="intervention", how="semi")
        .select(
            "participation",
            "person",
            first=pl.col("starts_on").dt.year(),
            last=(pl.col("ends_before") - pl.duration(days=1)).dt.year().fill_null(YEARS.stop),
            newest=day * 2**34 + number * 4 + pl.col("sex"),
        )
        .join(flags, on="participation", how="left")
        .with_columns(pl.col("sickness", "young").fill_null(value=False))
    )


def _persons(stays: pl.LazyFrame, year: int) -> pl.LazyFrame:
    started = pl.col("first") == year
    persons = (
        stays.filter(pl.col("first") <= year, pl.col("last") >= year)
        .group_by("person")
        .agg(
            pl.col("newest").max(),
            pl.col("sickness", "young").any(),
            new_sickness=(pl.col("sickness") & started).any(),
            new_young=(pl.col("young") & started).any(),
        )
    )
    flags = pl.col("sickness", "young", "new_sickness", "new_young")
    by_sex = persons.group_by(sex=pl.col("newest") % 4).agg(pl.len(), flags.sum())
    return by_sex.select(pl.lit(year).alias("year"), pl.all())


def _needs(stays: pl.LazyFrame, needs: pl.LazyFrame, year: int) -> pl.LazyFrame:
    ongoing = stays.filter(pl.col("first") <= year, pl.col("last") >= year)
    sexes = ongoing.group_by("person").agg(sex=pl.col("newest").max() % 4)
    grouped = (
        ongoing.join(needs, on="participation", how="left")
        .group_by("person", "need_group")
        .agg(new=(pl.col("first") == year).any())
    )
    counted = grouped.join(sexes, on="person").group_by("sex", "need_group").agg(pl.len(), pl.col("new").sum())
    return counted.select(pl.lit(year).alias("year"), pl.all())


def _heads(folder: Path) -> pl.LazyFrame:
    kinds = pl.scan_parquet(folder / "interventions.parquet").select("intervention", "kind")
    heads = pl.scan_parquet(folder / "head_counts.parquet").filter(pl.col("year").is_in(list(YEARS)))
    return heads.join(kinds, on="intervention").group_by("year", "kind", "source").agg(pl.col("women", "men").sum())


def _interventions(folder: Path, numbers: Mapping[str, int]) -> Iterator[pl.LazyFrame]:
    """One table for each way of summing: by direction, by kind, and over both."""
    groups = pl.scan_parquet(folder / "target_groups.parquet").with_columns(pl.col("need_group").cast(pl.Int16))
    chosen = groups.filter(pl.col("need_group").is_in([numbers[code] for code in PRIORITISED]))
    things = pl.scan_parquet(folder / "interventions.parquet")
    every = things.select("intervention", need_group=pl.lit(None, pl.Int16))
    grouped = pl.concat([groups, chosen.select("intervention", need_group=pl.lit(0, pl.Int16)).unique(), every])
    spread = things.join(grouped, on="intervention")
    years = pl.concat([_running(spread, year) for year in YEARS])
    for sums in ((), ("direction",), ("kind", "direction")):
        rows = years.with_columns(*(pl.lit(None, pl.Int8).alias(column) for column in sums))
        yield rows.group_by("year", "need_group", "kind", "direction").agg(
            pl.col("intervention").n_unique(), pl.col("association").n_unique()
        )


def _running(things: pl.LazyFrame, year: int) -> pl.LazyFrame:
    begun = pl.col("starts_on") < date(year + 1, 1, 1)
    running = pl.col("ends_before").is_null() | (pl.col("ends_before") > date(year, 1, 1))
    return things.filter(begun, running).with_columns(year=pl.lit(year))
