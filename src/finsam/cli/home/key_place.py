"""Says so when the keys of a real home lie where whoever takes the home takes them too."""

from pathlib import Path

from finsam.cli import terminal
from finsam.cli.home import opening
from finsam.cli.language import gettext as _


def warn_beside(folder: Path) -> None:
    """Warn when the key file of a real home lies in its folder or beside it."""
    from django.conf import settings

    file: Path = settings.FINSAM_KEYS
    if opening.is_demo() or not (file.is_relative_to(folder) or file.parent == folder.parent):
        return
    words = _(
        "Varning: nyckelfilen %(file)s ligger hos hemmet, så den som kommer över det ena får båda. Flytta den till ett "
        "annat ställe och säg var med FINSAM_KEYS=."
    )
    terminal.say(words % {"file": file}, err=True)
