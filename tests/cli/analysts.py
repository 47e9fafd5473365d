"""Adds two invented analysts to the home it is run in."""

import os

import django


def main() -> None:
    """Add them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from finsam.access import actions
    from finsam.access.roles import Role
    from tests import factories

    for name in ("Anna", "Alva"):
        user = actions.create_user(
            actor=factories.operator(),
            email=f"{name.lower()}@example.invalid",
            name=f"{name} Provsson",
            employer=factories.agency(),
        )
        actions.grant(actor=factories.operator(), user=user, role=Role.NATIONAL_ANALYST)


if __name__ == "__main__":
    main()
