"""Writes in the home it is run in until it is ended: two years' heads a time, and how many times it has."""

import os
from itertools import count

import django


def main() -> None:
    """Write on and on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from django.db import transaction

    from finsam.associations.models import Association
    from finsam.interventions import actions
    from tests import factories

    where = Association.objects.order_by("pk")[0]
    counted = factories.intervention(where, name="Skrivs i", method="numbers_only")
    for times in count(1):
        with transaction.atomic():
            for year in (2019, 2020):
                actions.count_heads(actor=factories.operator(), intervention=counted, year=year, women=times, men=0)
        print(times)


if __name__ == "__main__":
    main()
