"""`finsam edition` and `finsam attack`: compile, review, publish and correct editions, and attack what they hide."""

from pathlib import Path
from typing import Any

import click

from finsam.cli import terminal
from finsam.cli.home import opening
from finsam.cli.swedish import FOLDER, HIDE_ZEROS, LANGUAGE, THRESHOLD, YEAR, Command, Group

LEAKS = 1
AS = click.option("--as", "email", metavar="ADRESS", help="Den som gör det, med sin e-postadress. Utan: driften.")
OUT = click.option("--out", type=FOLDER, help="En ny eller tom mapp att kopiera utgåvan till.")
SNAPSHOT = click.option("--snapshot", "snapshot", metavar="ID", help="Ögonblicksbilden.")


def _tell(step: str, _percent: int) -> None:
    terminal.step(step)


@click.group(cls=Group)
def edition() -> None:
    """Sammanställ, granska, publicera och rätta utgåvor. Den som har sammanställt publicerar inte."""


@edition.command(name="compile", cls=Command)
@click.option(
    "--report",
    "key",
    metavar="RAPPORT",
    required=True,
    help="Rapporten, till exempel national-annual eller national-results.",
)
@click.option("--year", type=YEAR, required=True, help="Året som rapporten gäller.")
@SNAPSHOT
@click.option("--language", type=LANGUAGE, default="sv", help="Utgåvans språk: sv eller en. Utan: sv.")
@THRESHOLD
@HIDE_ZEROS
@OUT
@AS
def compile_(key: str, *, year: int, snapshot: str | None, out: Path | None, email: str | None, **how: Any) -> None:
    """Sammanställ en utgåva: räkna, skydda tillsammans med allt som är publicerat, och spara den som utkast."""
    from finsam.editions import actions, run_queries
    from finsam.snapshots import queries as snapshot_queries

    actor = opening.acting(email)
    chosen = run_queries.report(actor=actor, key=key)
    terminal.refuse_taken(out)
    named = snapshot and snapshot_queries.snapshot(actor=actor, identifier=snapshot)
    made = actions.compile_edition(
        actor=actor,
        report=chosen,
        year=year,
        snapshot=named or snapshot_queries.snapshot_for(actor=actor, year=year),
        **how,
        progress=_tell,
    )
    if out:
        actions.copy(actor=actor, edition=made, folder=out)
    click.echo(made.identifier)


@edition.command(cls=Command)
@click.argument("identifier", metavar="ID")
@AS
def review(identifier: str, email: str | None) -> None:
    """Visa vad kontrollerna hittar i ett utkast, och säg att det är granskat."""
    from finsam.editions import actions, consistency
    from finsam.editions import queries as edition_queries

    actor = opening.acting(email)
    one = edition_queries.edition(actor=actor, identifier=identifier)
    for found in edition_queries.findings(actor=actor, edition=one):
        click.echo(f"{found.row}: {consistency.said(found)}", err=True)
    actions.review(actor=actor, edition=one)
    click.echo(f"{identifier} är granskad.")


@edition.command(cls=Command)
@click.argument("identifier", metavar="ID")
@AS
def publish(identifier: str, email: str | None) -> None:
    """Publicera en granskad utgåva som någon annan har sammanställt. Den ändras sedan aldrig."""
    from finsam.editions import actions
    from finsam.editions import queries as edition_queries

    actor = opening.acting(email)
    one = edition_queries.edition(actor=actor, identifier=identifier)
    terminal.step("kontrollerar och angriper allt som är publicerat")
    actions.publish(actor=actor, edition=one)
    click.echo(f"{identifier} är publicerad.")


@edition.command(cls=Command)
@click.argument("identifier", metavar="ID")
@click.option("--reason", metavar="ORSAK", required=True, help="Varför utgåvan rättas. Orsaken publiceras.")
@SNAPSHOT
@OUT
@AS
def replace(identifier: str, reason: str, snapshot: str | None, out: Path | None, email: str | None) -> None:
    """Sammanställ en rättelse av en publicerad utgåva. Den ersätter när den i sin tur granskas och publiceras."""
    from finsam.editions import actions, run_queries
    from finsam.editions import queries as edition_queries
    from finsam.snapshots import queries as snapshot_queries

    actor = opening.acting(email)
    old = edition_queries.edition(actor=actor, identifier=identifier)
    terminal.refuse_taken(out)
    made = actions.compile_edition(
        actor=actor,
        report=run_queries.report(actor=actor, key=old.report),
        year=old.year,
        snapshot=snapshot_queries.snapshot(actor=actor, identifier=snapshot) if snapshot else old.snapshot,
        replaces=old,
        reason=reason,
        progress=_tell,
    )
    if out:
        actions.copy(actor=actor, edition=made, folder=out)
    click.echo(made.identifier)


@edition.command(name="list", cls=Command)
def listed() -> None:
    """Visa alla utgåvor: ID, läge, ögonblicksbild och vad de ersätter."""
    from finsam.editions import queries as edition_queries

    found = list(edition_queries.editions(actor=opening.open_home()))
    if not found:
        click.echo(
            "Det finns inga utgåvor än. Sammanställ en: finsam edition compile --report national-annual --year ÅR",
            err=True,
        )
    for one in found:
        replaced = f"  ersätter {one.replaces.identifier}" if one.replaces else ""
        click.echo(f"{one.identifier}  {one.get_state_display():<10}  {one.snapshot.identifier}{replaced}")


@click.command(cls=Command)
@click.argument("identifier", metavar="UTGÅVA")
@click.pass_context
def attack(ctx: click.Context, identifier: str) -> None:
    """Angrip en utgåva och allt som publicerats före den, för att se om någon dold siffra går att räkna ut.

    Svarskoden är 0 när ingen gör det, 1 med namnen på tabellerna när någon gör det, 2 när utgåvan inte finns.
    """
    from finsam.editions import queries as edition_queries

    actor = opening.open_home()
    found = edition_queries.leaks(actor=actor, edition=edition_queries.edition(actor=actor, identifier=identifier))
    for table in found:
        click.echo(table)
    words = "En dold siffra går att räkna ut i tabellerna." if found else "Ingen dold siffra går att räkna ut."
    click.echo(words, err=True)
    if found:
        ctx.exit(LEAKS)
