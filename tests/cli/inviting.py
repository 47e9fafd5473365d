"""Let the first administrator of a home invite a second, run as a module of its own."""

import os

import django


def main() -> None:
    """Add a user with the role of system administrator, given by the first, and a link."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from finsam.access import actions
    from finsam.access.models import User
    from tests import factories

    first = User.objects.get()
    actor = factories.actor(first)
    second = actions.create_user(
        actor=actor, email="andra@example.invalid", name="Andra Provsson", employer=first.employer
    )
    actions.grant(actor=actor, user=second, role="system_admin")
    actions.invite(actor=actor, user=second)


if __name__ == "__main__":
    main()
