"""The process that does what was asked for in the background."""

import logging
import os
import sys
from typing import Final

from finsam.cli.serving.attached import end_with_parent

KINDNESS: Final = 10  # whoever waits for a page goes before whoever waits for a report
PAUSE: Final = 1  # seconds between two looks for work

logger = logging.getLogger(__name__)


def main() -> None:
    """Say of what was under way when a worker last ended that it was interrupted, then work until told to end."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    os.nice(KINDNESS)
    import django
    from django.core.management import call_command
    from django.db import DatabaseError

    django.setup()
    from finsam.background import actions
    from finsam.cli.home import database_errors, opening

    try:
        actions.give_up(actor=opening.operator())
        call_command("db_worker", interval=PAUSE, startup_delay=False, verbosity=0)
    except DatabaseError as fault:
        words = database_errors.sentence(fault)
        if words is None:
            raise
        logger.warning(words)
        sys.exit(1)


if __name__ == "__main__":
    main()
