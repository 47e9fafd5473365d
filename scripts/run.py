"""Prepare everything on a fresh machine and serve: the demo when the home is empty, else the home there is."""

import os
import signal
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
        make_demo(finsam)
    os.execv(finsam, [finsam, "serve"])  # noqa: S606 - our own command, no shell


def make_demo(finsam: str) -> None:
    """Fill the home with the demo. On Ctrl-C it is the demo that tidies up after itself; we wait until it has.

    What it prints at its end, how to sign in and start the server, is what the server we become says next.
    """
    with subprocess.Popen([finsam, "demo"], stdout=subprocess.DEVNULL) as demo:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        code = demo.wait()
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if code:
        sys.exit(code)


if __name__ == "__main__":
    main()
