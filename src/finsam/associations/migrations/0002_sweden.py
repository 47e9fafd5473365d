"""Adds Sweden's counties and municipalities as dated rows."""

from typing import Any, ClassVar

from django.db import migrations

from finsam.access.edition import ship
from finsam.values.municipalities import counties, municipalities


def fill(apps: Any, schema_editor: Any) -> None:
    """Add the 21 counties and the 290 municipalities."""
    ship(
        apps,
        "associations",
        "County",
        ("code",),
        [{"code": county.code, "name": county.name} for county in counties().values()],
    )
    keys = dict(apps.get_model("associations", "County").objects.order_by("pk").values_list("code", "pk"))
    organisations = apps.get_model("access", "Organisation").objects.order_by("pk")
    parties = {(kind, code): pk for kind, code, pk in organisations.values_list("kind", "code", "pk")}
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "county_id": keys[one.county_code],
            "party_id": parties["municipality", one.code],
            "region_id": parties["region", one.region_code] if one.region_code else None,
            "first_day": one.first_day,
        }
        for one in municipalities().values()
    ]
    ship(apps, "associations", "Municipality", ("code", "first_day"), rows)


class Migration(migrations.Migration):
    """Sweden."""

    dependencies: ClassVar = [("associations", "0001_initial"), ("access", "0002_parties")]
    operations: ClassVar = [migrations.RunPython(fill, migrations.RunPython.noop)]
