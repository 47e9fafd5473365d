"""Tells how many times `writing` wrote in the home it is run in, by each table that it wrote in."""

import os

import django


def main() -> None:
    """Print what the heads, their history and the audit trail say."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from finsam.access.models import AuditRow
    from finsam.interventions.models import HeadCount

    for heads in HeadCount.objects.filter(intervention__name="Skrivs i").order_by("pk"):
        past = HeadCount.history.filter(id=heads.pk)
        trail = AuditRow.objects.filter(model="interventions.headcount", record_id=heads.pk)
        print(heads.women, past.count(), trail.count(), sep="\n")


if __name__ == "__main__":
    main()
