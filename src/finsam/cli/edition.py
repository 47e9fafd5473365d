"""`finsam edition`: compile, review, publish and correct editions."""

from pathlib import Path
from typing import Any

import click

from finsam.cli import terminal
from finsam.cli.commands import FOLDER, HIDE_ZEROS, LANGUAGE, THRESHOLD, YEAR, Command, Group
from finsam.cli.home import opening
from finsam.cli.language import gettext as _

WHO = _("Den som gör det, med sin e-postadress. Utan: driften.")
AS = click.option("--as", "email", metavar=_("ADRESS"), help=WHO)
OUT = click.option("--out", type=FOLDER, help=_("En ny eller tom mapp att kopiera utgåvan till."))
SNAPSHOT = click.option("--snapshot", "snapshot", metavar="ID", help=_("Ögonblicksbilden."))
COMPILE = _("Sammanställ en utgåva: räkna, skydda tillsammans med allt som är publicerat, och spara den som utkast.")
REVIEW = _("Visa vad kontrollerna hittar i ett utkast, och säg att det är granskat.")
PUBLISH = _("Publicera en granskad utgåva som någon annan har sammanställt. Den ändras sedan aldrig.")
WITHOUT = click.option(
    "--without", metavar=_("TABELL"), multiple=True, help=_("Utelämna en tabell. Kan skrivas flera gånger.")
)
METHOD = click.option(
    "--method",
    "methods",
    metavar=_("TABELL=SÄTT"),
    multiple=True,
    help=_("Skydda en tabell genom att dölja celler (suppress) eller avrunda alla (round). Kan skrivas flera gånger."),
)
TABLES = click.option(
    "--table",
    "corrects",
    metavar=_("TABELL"),
    multiple=True,
    required=True,
    help=_("En tabell som var fel och räknas om. De andra står som de trycktes. Kan skrivas flera gånger."),
)
LIST = _("Visa alla utgåvor: ID, läge, ögonblicksbild, vad de ersätter, och numret när de är publicerade.")
REPLACE = _("Sammanställ en rättelse av en publicerad utgåva. Den ersätter när den i sin tur granskas och publiceras.")


def _arranged(how: dict[str, Any], before: Any = None) -> dict[str, Any]:
    """Take the options apart: what is left out and rounded, beside what the edition that is corrected had so."""
    left_out = set(how["without"]) | set(before.without if before else ())
    rounded = set(before.rounded if before else ())
    for one in how.pop("methods"):
        table, _equals, method = one.partition("=")
        if method not in {"suppress", "round"}:
            terminal.refuse(_("%(option)s är inget sätt. Skriv TABELL=suppress eller TABELL=round.") % {"option": one})
        (rounded.add if method == "round" else rounded.discard)(table)
    return {"without": left_out, "rounded": rounded}


@click.group(
    cls=Group,
    help=_("Sammanställ, granska, publicera och rätta utgåvor. Den som har sammanställt publicerar inte."),
)
def edition() -> None:
    """Editions."""


@edition.command(name="compile", cls=Command, help=COMPILE)
@click.option(
    "--report",
    "key",
    metavar=_("RAPPORT"),
    required=True,
    help=_("Rapporten, till exempel national-annual eller national-results."),
)
@click.option("--year", type=YEAR, required=True, help=_("Året som rapporten gäller."))
@SNAPSHOT
@click.option("--language", type=LANGUAGE, default="sv", help=_("Utgåvans språk: sv eller en. Utan: sv."))
@THRESHOLD
@HIDE_ZEROS
@WITHOUT
@METHOD
@OUT
@AS
def compile_(
    key: str,
    *,
    year: int,
    snapshot: str | None,
    out: Path | None,
    email: str | None,
    **how: Any,
) -> None:
    """Compile an edition and print its ID."""
    from finsam.editions import actions, run_queries
    from finsam.editions import queries as edition_queries
    from finsam.snapshots import queries as snapshot_queries

    arranged = _arranged(how)
    actor = opening.acting(email)
    chosen = run_queries.report(actor=actor, key=key)
    terminal.refuse_taken(out)
    named = snapshot and snapshot_queries.snapshot(actor=actor, identifier=snapshot)
    made = actions.compile_edition(
        actor=actor,
        report=chosen,
        year=year,
        snapshot=named or edition_queries.snapshot_for(actor=actor, year=year),
        **(how | arranged),
        progress=terminal.Steps(),
    )
    if out:
        actions.copy(actor=actor, edition=made, folder=out)
    terminal.say(made.identifier)


@edition.command(cls=Command, help=REVIEW)
@click.argument("identifier", metavar="ID")
@AS
def review(identifier: str, email: str | None) -> None:
    """Print what the checks find, and say that the edition is reviewed."""
    from finsam.editions import actions, consistency
    from finsam.editions import queries as edition_queries

    actor = opening.acting(email)
    one = edition_queries.edition(actor=actor, identifier=identifier)
    for found in edition_queries.findings(actor=actor, edition=one):
        terminal.say(f"{found.row}: {consistency.said(found)}", err=True)
    actions.review(actor=actor, edition=one)
    terminal.say(_("%(edition)s är granskad.") % {"edition": identifier})


@edition.command(cls=Command, help=PUBLISH)
@click.argument("identifier", metavar="ID")
@AS
def publish(identifier: str, email: str | None) -> None:
    """Publish an edition."""
    from finsam.editions import actions
    from finsam.editions import queries as edition_queries

    actor = opening.acting(email)
    one = edition_queries.edition(actor=actor, identifier=identifier)
    terminal.step(_("kontrollerar och angriper allt som är publicerat"))
    actions.publish(actor=actor, edition=one)
    terminal.say(_("%(edition)s är publicerad.") % {"edition": identifier})


@edition.command(cls=Command, help=REPLACE)
@click.argument("identifier", metavar="ID")
@click.option("--reason", metavar=_("ORSAK"), required=True, help=_("Varför utgåvan rättas. Orsaken publiceras."))
@TABLES
@SNAPSHOT
@WITHOUT
@METHOD
@OUT
@AS
def replace(identifier: str, *, snapshot: str | None, out: Path | None, email: str | None, **how: Any) -> None:
    """Compile a correction and print its ID."""
    from finsam.editions import actions, run_queries
    from finsam.editions import queries as edition_queries
    from finsam.snapshots import queries as snapshot_queries

    actor = opening.acting(email)
    old = edition_queries.edition(actor=actor, identifier=identifier)
    arranged = _arranged(how, edition_queries.made_of(actor=actor, edition=old).arrangement)
    terminal.refuse_taken(out)
    made = actions.compile_edition(
        actor=actor,
        report=run_queries.report(actor=actor, key=old.report),
        year=old.year,
        snapshot=snapshot_queries.snapshot(actor=actor, identifier=snapshot) if snapshot else old.snapshot,
        replaces=old,
        **(how | arranged),
        progress=terminal.Steps(),
    )
    if out:
        actions.copy(actor=actor, edition=made, folder=out)
    terminal.say(made.identifier)


@edition.command(name="list", cls=Command, help=LIST)
def listed() -> None:
    """Print a line an edition."""
    from finsam.editions import queries as edition_queries

    actor = opening.open_home()
    found, numbers = list(edition_queries.editions(actor=actor)), edition_queries.numbers(actor=actor)
    if not found:
        terminal.say(
            _("Det finns inga utgåvor än. Sammanställ en: finsam edition compile --report national-annual --year ÅR"),
            err=True,
        )
    for one in found:
        replaced = _("  ersätter %(edition)s") % {"edition": one.replaces.identifier} if one.replaces else ""
        number = _("  nummer %(number)s") % {"number": numbers[one.identifier]} if one.identifier in numbers else ""
        terminal.say(f"{one.identifier}  {one.get_state_display():<10}  {one.snapshot.identifier}{replaced}{number}")
