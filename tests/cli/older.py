"""Takes the home it is run in back to before there was late registration."""

import os

import django


def main() -> None:
    """Undo what the room of late registration has made in the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", "late", "zero", verbosity=0)


if __name__ == "__main__":
    main()
