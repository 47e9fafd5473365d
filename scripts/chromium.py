"""The browser of the journeys: Debian's Chromium, installed if need be."""

import shutil
import sys

from scripts import environment

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = "The browser journeys need Chromium (Debian: apt install chromium). Install it and run again."


def ensure() -> str:
    """The path of Chromium; installs it where that is allowed, else stops with the sentence that says what to do."""
    if found := find():
        return found
    environment.apt_install("chromium", MISSING)
    return find() or sys.exit(MISSING)


def find() -> str | None:
    """The path of a Chromium on this machine, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


if __name__ == "__main__":
    print(ensure())
