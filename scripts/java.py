"""Java for the tests of Spark: the one that is there when it is new enough, else installed where that is allowed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import environment

OLDEST = 17
PACKAGE = "openjdk-17-jre-headless"
MISSING = f"The tests need Java {OLDEST} or newer (Debian: apt install {PACKAGE}). Install it and run again."


def ensure() -> None:
    """See that there is a Java that Spark can use."""
    if version() < OLDEST:
        environment.apt_install(PACKAGE, MISSING)
        if version() < OLDEST:
            sys.exit(MISSING)


def version() -> int:
    """The major version of the Java that Spark would start, or 0."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if program is None:
        return 0
    answer = subprocess.run([program, "-version"], check=False, capture_output=True, text=True)
    number = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    return int(number[1]) if number else 0
