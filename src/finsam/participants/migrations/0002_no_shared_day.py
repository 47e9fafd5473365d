"""Lets PostgreSQL itself refuse two stays that share a day, and adds the first consent text.

On SQLite one writer at a time holds the IMMEDIATE transaction in which the action looks for the same thing.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import migrations

from finsam.access.edition import ship

CONSENT = (
    "Jag går med på att uppgifter om mig och mitt deltagande i insatsen registreras: namn, personnummer, kommun, "
    "försörjning, utbildning och sysselsättning före och efter. Uppgifterna används för att följa upp insatsen och "
    "för statistik där ingen kan kännas igen. Jag kan när som helst ta tillbaka mitt samtycke, och då tas mina "
    "uppgifter bort."
)


def forbid(apps: Any, schema_editor: Any) -> None:
    """Add the exclusion constraint where the database has such."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    schema_editor.execute(
        "ALTER TABLE participants_participation ADD CONSTRAINT participation_no_shared_day EXCLUDE USING gist "
        "(intervention_id WITH =, person_id WITH =, daterange(starts_on, ends_before) WITH &&) "
        "WHERE (end_reason <> 'misregistration')"
    )


def allow(apps: Any, schema_editor: Any) -> None:
    """Take the constraint away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE participants_participation DROP CONSTRAINT participation_no_shared_day")


def forbid_and_fill(apps: Any, schema_editor: Any) -> None:
    """Forbid it, and add a consent text of our own, to be confirmed by the controller's lawyer.

    In one step: before each, Django makes every model anew.
    """
    forbid(apps, schema_editor)
    row = {"version": "2004-1", "text": CONSENT, "first_day": date(2004, 1, 1), "verified": False}
    ship(apps, "participants", "ConsentText", ("version",), [row])


class Migration(migrations.Migration):
    """No shared day, and a consent text."""

    dependencies: ClassVar = [("participants", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(forbid_and_fill, allow)]
