"""Lets the database itself refuse that a published edition is changed; it may only be said to be replaced."""

from typing import Any, ClassVar

from django.db import migrations

TABLE = "editions_edition"
NAME = "edition_published_for_good"
FIXED = (
    "id, identifier, digest, report, year, language, snapshot_id, threshold, zeros_published, software, compiled_by, "
    "compiled_at, reviewed_by, reviewed_at, published_by, published_at, replaces_id, reason"
).split(", ")
SENTENCE = "A published edition never changes"


def rows(row: str) -> str:
    """The columns that stay, of the row before or after."""
    return f"({', '.join(f'{row}.{column}' for column in FIXED)})"


def forbidden(differs: str) -> str:
    """When an update is refused."""
    moves = "NOT (NEW.state = OLD.state OR (OLD.state = 'published' AND NEW.state = 'replaced'))"
    return f"OLD.state IN ('published', 'replaced') AND ({moves} OR {rows('NEW')} {differs} {rows('OLD')})"


def forbid(apps: Any, schema_editor: Any) -> None:
    """Add the trigger."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'check_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            f"WHEN ({forbidden('IS DISTINCT FROM')}) EXECUTE FUNCTION {NAME}()"
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} WHEN {forbidden('IS NOT')} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )


def allow(apps: Any, schema_editor: Any) -> None:
    """Take the trigger away again."""
    where = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {NAME}{where}")


class Migration(migrations.Migration):
    """Published for good."""

    dependencies: ClassVar = [("editions", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(forbid, allow)]
