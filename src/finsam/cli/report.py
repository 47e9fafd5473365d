"""`finsam report`: produces a report into a folder."""

from pathlib import Path
from typing import Any

import click

from finsam.cli import terminal
from finsam.cli.home import opening
from finsam.cli.swedish import ENGINE, FOLDER, HIDE_ZEROS, LANGUAGE, THRESHOLD, YEAR, Command


@click.command(cls=Command)
@click.argument("key", metavar="RAPPORT")
@click.option("--year", type=YEAR, required=True, help="Året som rapporten gäller.")
@click.option(
    "--snapshot", "identifier", metavar="ID", help="Ögonblicksbilden. Utan: den första från 31 januari året efter."
)
@click.option("--language", type=LANGUAGE, default="sv", help="Rapportens språk: sv eller en. Utan: sv.")
@click.option("--out", type=FOLDER, required=True, help="En ny eller tom mapp.")
@click.option("--engine", type=ENGINE, default="duckdb", help="Vad som räknar: duckdb (utan: den) eller spark.")
@click.option("--master", metavar="ADRESS", default="", help="Var Spark finns, som spark://dator:7077. Utan: här.")
@THRESHOLD
@HIDE_ZEROS
def report(key: str, *, year: int, identifier: str | None, out: Path, master: str, **how: Any) -> None:
    """Gör en rapport (national-annual, national-results, linked) ur en ögonblicksbild: HTML, PDF, Excel, CSV."""
    from finsam.editions import run_actions, run_queries
    from finsam.snapshots import queries

    if master and how["engine"] != "spark":
        terminal.refuse("Adressen i --master är Sparks. Skriv också --engine spark, eller utelämna den.")
    actor = opening.open_home()
    chosen = run_queries.report(actor=actor, key=key)
    named = identifier and queries.snapshot(actor=actor, identifier=identifier)
    snapshot = named or queries.snapshot_for(actor=actor, year=year)
    terminal.step(f"räknar ur {snapshot.identifier}")
    run_actions.produce(
        actor=actor,
        report=chosen,
        year=year,
        snapshot=snapshot,
        folder=out,
        master=master,
        **how,
        progress=lambda name, done, total: terminal.step(f"{name} ({done} av {total})"),
    )
    click.echo(f"Rapporten ligger i {out}")
