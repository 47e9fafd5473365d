"""Fills the home it is run in with an invented intervention and, where the room is installed, invented people."""

import os

import django


def main() -> None:
    """Fill the home."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from django.apps import apps

    from finsam.access.models import Installation
    from finsam.interventions import actions
    from tests import factories

    Installation.objects.update(is_demo=True, fixed_today=factories.NOW.date())
    counted = factories.intervention(method="numbers_only")
    actions.count_heads(actor=factories.operator(), intervention=counted, year=2020, women=30, men=40)
    if apps.is_installed("finsam.participants"):
        from tests.participants import people

        where = factories.intervention()
        registrar = factories.actor(factories.registrar(where))
        for number in range(12):
            people.participation(where, registrar, who=people.identity(sex="men" if number % 2 else "women"))


if __name__ == "__main__":
    main()
