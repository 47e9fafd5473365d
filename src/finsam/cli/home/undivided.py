"""A home from before the room `reporting` was divided: what its tables, records and tasks are called since.

Such a home is brought over by renaming, so that no row is read or written anew, and a copy of one is read back under
the new names. A copy that is taken of it before the upgrade is one that the older version reads too.
"""

from collections.abc import Iterable
from typing import Final

OLD: Final = "reporting"
LAST: Final = (OLD, "0009_late_registration")  # what the version before had come to
SINCE: Final = frozenset(
    {
        ("snapshots", "0001_initial"),
        ("editions", "0001_initial"),
        ("editions", "0002_published_for_good"),
        ("late", "0001_initial"),
        ("table_builder", "0001_initial"),
    }
)
RECORDS: Final = {  # the room that each kind of record lies in now
    "snapshot": "snapshots",
    "linkage": "snapshots",
    "denominator": "snapshots",
    "historicaldenominator": "snapshots",
    "edition": "editions",
    "historicaledition": "editions",
    "compilation": "editions",
    "outsidefigure": "editions",
    "historicaloutsidefigure": "editions",
    "reportrun": "editions",
    "triangle": "late",
    "answeredquestion": "table_builder",
    "savedquestion": "table_builder",
}
TABLES: Final = {f"{room}_{record}": f"{OLD}_{record}" for record, room in RECORDS.items()}  # now -> then
TASKS: Final = ("finsam.reporting.tasks.", "finsam.background.tasks.")

State = Iterable[tuple[str, str]]


def is_undivided(applied: State) -> bool:
    """Whether a database, or a copy of one, is from before the room was divided."""
    return LAST in set(applied)


def as_now(applied: State) -> set[tuple[str, str]]:
    """The migrations by their present names; those of a home that had not come to the last stay as they are."""
    found = set(applied)
    return {one for one in found if one[0] != OLD} | SINCE if is_undivided(found) else found


def name_of_table(table: str, applied: State) -> str:
    """What a table is called in a database, or a copy of one, that has come to these migrations."""
    return TABLES.get(table, table) if is_undivided(applied) else table


def divide() -> None:
    """Give tables, records, tasks and migrations their present names, all or none."""
    from django.db import connection, transaction
    from django.db.migrations.recorder import MigrationRecorder

    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for now, then in TABLES.items():
            cursor.execute(f"ALTER TABLE {quote(then)} RENAME TO {quote(now)}")
        name_records()
        cursor.execute("DELETE FROM django_migrations WHERE app = %s", [OLD])
        for room, step in sorted(SINCE):
            MigrationRecorder(connection).record_applied(room, step)


def name_records() -> None:
    """Say where records lie now, in the audit trail, among the kinds of records and in the tasks that wait."""
    from django.db import connection

    with connection.cursor() as cursor:
        for record, room in RECORDS.items():
            old, new = f"{OLD}.{record}", f"{room}.{record}"
            cursor.execute("UPDATE access_auditrow SET model = %s WHERE model = %s", [new, old])
            kind = "UPDATE django_content_type SET app_label = %s WHERE app_label = %s AND model = %s"
            cursor.execute(kind, [room, OLD, record])
        path = "UPDATE django_tasks_database_dbtaskresult SET task_path = replace(task_path, %s, %s)"
        cursor.execute(path, [*TASKS])
