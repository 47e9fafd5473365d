"""Gives the home it is run in a user who may sign in; run as a module of its own."""

import os
from typing import Final

import django

EMAIL: Final = "prov@finsam.example"
PASSWORD: Final = "fyra ord som ingen gissar"


def main() -> None:
    """Add the user."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from finsam.access.models import User

    user = User(email=EMAIL, name="Prova Provsson", employer=User.objects.get().employer)
    user.set_password(PASSWORD)
    user.save()


if __name__ == "__main__":
    main()
