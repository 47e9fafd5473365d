"""Copies the first edition of the code lists to the table where the system administrator keeps them."""

from dataclasses import asdict
from typing import Any, ClassVar

from django.db import migrations

from finsam.access.edition import ship
from finsam.values.codes import LISTS


def fill(apps: Any, schema_editor: Any) -> None:
    """Add every shipped row."""
    rows = [{"list": key, "origin": "shipped", **asdict(row)} for key, codes in LISTS.items() for row in codes.rows]
    ship(apps, "codes", "Code", ("list", "code", "first_day"), rows)


class Migration(migrations.Migration):
    """The first edition."""

    dependencies: ClassVar = [("codes", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(fill, migrations.RunPython.noop)]
