"""`finsam report`: produces a report into a folder."""

from pathlib import Path
from typing import Any

import click

from finsam.cli import terminal
from finsam.cli.commands import ENGINE, FOLDER, HIDE_ZEROS, LANGUAGE, THRESHOLD, YEAR, Command
from finsam.cli.home import opening
from finsam.cli.language import gettext as _

HELP = _("Gör en rapport (national-annual, national-results, linked) ur en ögonblicksbild: HTML, PDF, Excel, CSV.")
FIRST = _("Ögonblicksbilden. Utan: den första från 31 januari året efter.")
MASTER = _("Var Spark finns, som spark://dator:7077. Utan: här.")


@click.command(cls=Command, help=HELP)
@click.argument("key", metavar=_("RAPPORT"))
@click.option("--year", type=YEAR, required=True, help=_("Året som rapporten gäller."))
@click.option("--snapshot", "identifier", metavar="ID", help=FIRST)
@click.option("--language", type=LANGUAGE, default="sv", help=_("Rapportens språk: sv eller en. Utan: sv."))
@click.option("--out", type=FOLDER, required=True, help=_("En ny eller tom mapp."))
@click.option("--engine", type=ENGINE, default="duckdb", help=_("Vad som räknar: duckdb (utan: den) eller spark."))
@click.option("--master", metavar=_("ADRESS"), default="", help=MASTER)
@THRESHOLD
@HIDE_ZEROS
def report(key: str, *, year: int, identifier: str | None, out: Path, master: str, **how: Any) -> None:
    """Make a report of a snapshot."""
    from finsam.editions import run_actions, run_queries
    from finsam.snapshots import queries

    if master and how["engine"] != "spark":
        terminal.refuse(_("Adressen i --master är Sparks. Skriv också --engine spark, eller utelämna den."))
    actor = opening.open_home()
    chosen = run_queries.report(actor=actor, key=key)
    named = identifier and queries.snapshot(actor=actor, identifier=identifier)
    snapshot = named or queries.snapshot_for(actor=actor, year=year)
    terminal.step(_("räknar ur %(snapshot)s") % {"snapshot": snapshot.identifier})
    run_actions.produce(
        actor=actor,
        report=chosen,
        year=year,
        snapshot=snapshot,
        folder=out,
        master=master,
        **how,
        progress=_tell,
    )
    terminal.say(_("Rapporten ligger i %(folder)s") % {"folder": out})


def _tell(name: str, done: int, total: int) -> None:
    terminal.step(_("%(name)s (%(number)s av %(total)s)") % {"name": name, "number": done, "total": total})
