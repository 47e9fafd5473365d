"""Make the environment: Python packages from the hashed lock, front-end assets, compiled translations. Stdlib only."""

from __future__ import annotations  # an older Python must get as far as the sentence that refuses it

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOG = ROOT / "install.log"  # what pip and npm say; shown when they fail, and else in nobody's way
LAST = 20  # lines of it that are shown
BIN = VENV / "bin"
STAMP = "finsam-stamp"  # says what is installed; a second start looks no further
PACKAGES = (ROOT / "requirements.lock", ROOT / "pyproject.toml")
FOR_TESTS = "finsam-stamp-tests"
TEST_PACKAGES = (ROOT / "requirements-tests.lock", *PACKAGES)
SUITABLE = ("python3.12", "python3.13", "python3.11")


def main() -> None:
    """Bring everything up to date; what hasn't changed since last time is left alone."""
    suit_python()
    os.chdir(ROOT)
    LOG.unlink(missing_ok=True)
    if read(VENV / STAMP) != digest(*PACKAGES):
        make_venv()
        install_packages()
    install_assets()
    compile_messages()


def suit_python() -> None:
    """Go on under a suitable Python, or say that there is none."""
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return
    found = next((path for path in map(shutil.which, SUITABLE) if path), None)
    if found is None:
        sys.exit(
            f"Finsam needs Python 3.11, 3.12 or 3.13, and this is {sys.version.split()[0]}. "
            "Install one of them, or name it: make PYTHON=/path/to/python3.12"
        )
    module = f"scripts.{Path(sys.argv[0]).stem}"
    os.execv(found, [found, "-m", module, *sys.argv[1:]])  # noqa: S606 - the same script, no shell


def make_venv() -> None:
    """Make .venv unless there is a working one."""
    python = BIN / "python"
    if (
        python.exists()
        and subprocess.run([python, "-c", "import pip"], check=False, capture_output=True).returncode == 0
    ):
        return
    if importlib.util.find_spec("ensurepip") is None:
        apt_install("python3-venv", "Python's own venv is missing. Install it (Debian: apt install python3-venv).")
    say("Making the environment in .venv")
    run(sys.executable, "-m", "venv", "--clear", str(VENV))


def install_packages() -> None:
    """Install the packages of the hashed lock, and Finsam itself beside them."""
    say("Installing Python packages (a minute or two the first time)")
    pip("--require-hashes", "-r", "requirements.lock")
    pip("--no-deps", "--no-build-isolation", "-e", ".")
    (VENV / STAMP).write_text(digest(*PACKAGES), "utf-8")


def install_for_tests() -> None:
    """Install what only checks, tests and benchmarks use, Spark above all: 500 MB that no server has to fetch."""
    if read(VENV / FOR_TESTS) == digest(*TEST_PACKAGES):
        return
    say("Installing the packages that only tests use (a minute or two the first time)")
    pip("--require-hashes", "-r", "requirements-tests.lock")
    (VENV / FOR_TESTS).write_text(digest(*TEST_PACKAGES), "utf-8")


def install_assets() -> None:
    """Install style sheets and fonts with npm, or with the npm that pip can install when there is none."""
    stamp = ROOT / "node_modules" / STAMP
    wanted = digest(ROOT / "package-lock.json")
    if read(stamp) == wanted:
        return
    say("Installing front-end assets")
    path = os.environ.get("PATH", "")
    if shutil.which("npm") is None:
        pip("--require-hashes", "-r", "requirements-node.lock")
        path = f"{BIN}{os.pathsep}{path}"
    npm = shutil.which("npm", path=path) or "npm"
    run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", env={**os.environ, "PATH": path})
    stamp.write_text(wanted, "utf-8")


def compile_messages() -> None:
    """Compile translations that are newer than their compiled form."""
    sources = sorted((ROOT / "src/finsam/locale").glob("*/LC_MESSAGES/*.po"))
    compiled = [source.with_suffix(".mo") for source in sources]
    pairs = zip(sources, compiled, strict=True)
    if any(not made.exists() or made.stat().st_mtime < source.stat().st_mtime for source, made in pairs):
        run(str(BIN / "python"), "-m", "scripts.messages", "compile")


def apt_install(package: str, otherwise: str) -> None:
    """Install a Debian package where that is allowed; elsewhere stop with the sentence that says what to install."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(otherwise)
    say(f"Installing {package} with apt-get")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run(["apt-get", *quiet, "update"], check=False, env=env, stdout=subprocess.DEVNULL)
    done = subprocess.run(
        ["apt-get", *quiet, "install", "-y", "--no-install-recommends", package],
        check=False,
        env=env,
        stdout=subprocess.DEVNULL,
    )
    if done.returncode:
        sys.exit(otherwise)


def pip(*arguments: str) -> None:
    """Run pip install in the environment."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore")
    run(str(BIN / "python"), "-m", "pip", "install", *quiet, *arguments)


def run(*command: str, env: dict[str, str] | None = None) -> None:
    """Run a command and write what it says to the log; when it fails, stop with its name and its last lines."""
    with LOG.open("a", encoding="utf-8") as log:
        print(f"$ {' '.join(command)}", file=log, flush=True)
        done = subprocess.run(command, check=False, env=env, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    if done.returncode:
        said = LOG.read_text("utf-8", "replace").splitlines()[-LAST:]
        sys.exit("\n".join([*said, f"This did not work: {' '.join(command)}", f"All that was said stands in {LOG}"]))


def digest(*paths: Path) -> str:
    """One checksum of several files."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def read(path: Path) -> str:
    """The text of a file, or nothing when it isn't there."""
    return path.read_text("utf-8") if path.exists() else ""


def say(sentence: str) -> None:
    """Tell what is being done, at once."""
    print(f"{sentence} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
