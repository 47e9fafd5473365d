"""Counts the heads of the home it is run in anew, and takes a snapshot of them."""

import os
from datetime import timedelta

import django


def main() -> None:
    """Count ten women more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from finsam.interventions import actions
    from finsam.interventions.models import Intervention
    from finsam.snapshots import actions as snapshots
    from tests import factories

    later = factories.operator(factories.NOW + timedelta(days=1))
    counted = Intervention.objects.order_by("pk")[0]
    actions.count_heads(actor=later, intervention=counted, year=2020, women=40, men=40)
    print(snapshots.take(actor=later, as_of=factories.NOW.date() + timedelta(days=1)).identifier)


if __name__ == "__main__":
    main()
