"""Prints every row of the code lists of the home it is run in, and since when it is registered."""

import json
import os

import django


def main() -> None:
    """Print a row a line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from django.db import connection

    columns = "list, code, label, first_day, ends_before, source, verified, origin"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {columns} FROM codes_code ORDER BY list, code, first_day")
        rows = cursor.fetchall()
        cursor.execute("SELECT id, min(history_date) FROM codes_historicalcode GROUP BY id")
        since = dict(cursor.fetchall())
    for key, *row in rows:
        print(json.dumps([*map(str, row), str(since[key])[:4]]))


if __name__ == "__main__":
    main()
