"""Changes the keys of the home it is run in and kills itself when the first few rows are done, as kill -9 would."""

import os
import signal

import django


def main() -> None:
    """Begin, and come to nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from django.conf import settings

    from finsam.cli.home import key_file
    from finsam.participants import rotation
    from tests import factories

    rotation.BATCH = 3
    rotation.rotate(
        actor=factories.operator(),
        add=lambda: key_file.add(settings.FINSAM_KEYS, key_file.KINDS),
        tell=lambda rows, total: None,
        rest=lambda: os.kill(os.getpid(), signal.SIGKILL),
    )


if __name__ == "__main__":
    main()
