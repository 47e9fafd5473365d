"""Prepare everything on a fresh machine and serve: the demo when the home is empty, else the home there is."""

import os
import subprocess
import sys
from pathlib import Path

from scripts import environment


def main() -> None:
    """Prepare, fill an empty home with the demo, and become the server."""
    here = Path.cwd()
    environment.main()
    os.chdir(here)
    finsam = str(environment.BIN / "finsam")
    home = Path(os.environ.get("FINSAM_HOME") or environment.ROOT / "var").absolute()
    os.environ["FINSAM_HOME"] = str(home)
    if not (home.is_dir() and any(home.iterdir())):
        made = subprocess.run([finsam, "demo"], check=False).returncode
        if made:
            sys.exit(made)
    os.execv(finsam, [finsam, "serve"])  # noqa: S606 - our own command, no shell


if __name__ == "__main__":
    main()
