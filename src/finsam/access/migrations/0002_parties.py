"""Adds the state agencies, the regions and the municipalities as organisations that can be members."""

from typing import Any, ClassVar

from django.db import migrations

from finsam.access.edition import ship
from finsam.values.municipalities import counties, municipalities


def fill(apps: Any, schema_editor: Any) -> None:
    """Add every party of Sweden."""
    rows = [
        {"kind": "social_insurance_agency", "code": "FK", "name": "Försäkringskassan"},
        {"kind": "employment_service", "code": "AF", "name": "Arbetsförmedlingen"},
        *(
            {"kind": "region", "code": county.code, "name": county.region_name}
            for county in counties().values()
            if county.region_name
        ),
        *({"kind": "municipality", "code": one.code, "name": one.name} for one in municipalities().values()),
    ]
    ship(apps, "access", "Organisation", ("kind", "code"), rows)


class Migration(migrations.Migration):
    """The parties."""

    dependencies: ClassVar = [("access", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(fill, migrations.RunPython.noop)]
