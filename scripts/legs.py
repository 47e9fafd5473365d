"""Every leg of the tests, one after the other, whatever the others came to; ends with the count of all of them."""

import os
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from scripts import check, chromium, environment, java, postgres

ROOT: Final = Path(__file__).resolve().parents[1]
JOURNEYS: Final = "tests/journeys"
SPARK: Final = "tests/spark"
# Whoever has waited for good is asked once more, and not eight times.
TWO_AT_A_TIME: Final = ("-n", "2", "--maxprocesses=2", "--max-worker-restart=1")
ROOMS: Final = (*TWO_AT_A_TIME, "--dist=loadgroup")  # what shares a costly home goes to one worker, which makes it once
FIRST: Final = (*ROOMS, "-m", "not slow and not elsewhere")
AGAIN: Final = (*ROOMS, "-m", "not slow and not once")
WITHOUT_DJANGO: Final = ("-p", "no:django", "-p", "tests.without_django")
# Small answers to many questions: what Java compiles for long runs takes more time than it gives.
SHORT: Final = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
HOURS: Final = 8 * 3600  # seconds that slow tests may take, and each of them; others may take what pyproject.toml says
OURS: Final = ("FINSAM_HOME", "FINSAM_KEYS", "FINSAM_DATABASE_URL", "FINSAM_WITHOUT", "FINSAM_ADDRESS", "PORT")


@dataclass
class Count:
    """How many tests passed and failed; a leg that fails without a test to blame counts as one failure."""

    passed: int = 0
    failed: int = 0

    def add(self, other: "Count") -> None:
        self.passed += other.passed
        self.failed += other.failed


@dataclass(frozen=True)
class Leg:
    """One part of the run: its name, what pytest gets, and what the environment says to it."""

    name: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] | None = None
    seconds: float = 60 * 60  # many times what the longest takes on two cores


def main() -> None:
    """Run what the command line and FINSAM_WITHOUT ask for.

    Python may remember what it has compiled, wherever this is run: else every worker and command compiles it anew.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.install_for_tests()
    if "plain" in sys.argv[1:]:
        sys.exit(subprocess.run([sys.executable, "-m", "pytest", "-q", *plain()], check=False, cwd=ROOT).returncode)
    without = os.environ.get("FINSAM_WITHOUT", "")
    if "slow" in sys.argv[1:]:
        count = slow()
    elif without:
        count = without_room(without)
    else:
        count = everything()
    print(f"{count.passed} passed, {count.failed} failed", flush=True)
    sys.exit(1 if count.failed else 0)


def plain() -> list[str]:
    """What pytest gets for the tests that need no Django: values, disclosure control and every room's rules."""
    rules = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/*/test_rules*.py"))
    return [*WITHOUT_DJANGO, "tests/values", "tests/disclosure", *rules]


def everything() -> Count:
    """Checks, tests on both databases and on Spark, tests without the room of persons, and the browser journeys.

    What asks a database and no home with persons runs on SQLite where a room is left out, and on PostgreSQL with every
    room: so it has run on both, with and without. Two legs go beside each other: alone, each leaves a core idle while
    it begins, waits for its database and ends. Browsers have the machine to themselves: they wait for what is slow.
    """
    count = Count()
    java.ensure()
    browser = chromium.ensure()
    with ExitStack() as stack:
        address = stack.enter_context(postgres.throwaway())
        others = Leg("Spark", (SPARK,), SHORT), Leg("PostgreSQL", AGAIN, {"FINSAM_DATABASE_URL": address})
        with beside(others, count):
            count.add(checks())
            count.add(run(Leg("SQLite", FIRST)))
            count.add(without_room("participants"))
    count.add(run(Leg("journeys", (*TWO_AT_A_TIME, JOURNEYS), {"FINSAM_CHROMIUM": browser})))
    return count


def without_room(room: str) -> Count:
    """The leg that proves that everything else works with a room left out."""
    count = checks(room)
    leg = Leg(f"without {room}", AGAIN, {"FINSAM_WITHOUT": room})
    count.add(run(leg))
    return count


def slow() -> Count:
    """The tests that are too slow for every run."""
    java.ensure()
    return run(
        Leg(
            "slow", (*TWO_AT_A_TIME, "-m", "slow", "-o", f"faulthandler_timeout={HOURS}", "tests", SPARK), seconds=HOURS
        )
    )


def checks(without: str = "") -> Count:
    """Run the checks; each that fails counts as a failure, and none that passes counts as a test."""
    title(f"checks without {without}" if without else "checks")
    which = check.BY_ROOMS if without else check.ALL
    return Count(failed=len(check.failures(which, without)))


@contextmanager
def beside(legs: Iterable[Leg], count: Count) -> Iterator[None]:
    """Run legs, one after the other, while something else is done; what they said is printed when all is done."""
    with ThreadPoolExecutor(1) as pool, ExitStack() as stack:
        said = [(leg, stack.enter_context(tempfile.TemporaryFile("w+"))) for leg in legs]
        running = [(leg, words, pool.submit(pytest, leg, words)) for leg, words in said]
        yield
        for leg, words, counted in running:
            count.add(counted.result())
            title(leg.name)
            words.seek(0)
            print(words.read(), flush=True)


def run(leg: Leg) -> Count:
    """Run pytest for one leg and count from its own report."""
    title(leg.name)
    return pytest(leg, None)


def pytest(leg: Leg, words: IO[str] | None) -> Count:
    """Run pytest for one leg, with its words to a file or straight to the terminal."""
    env = {name: value for name, value in os.environ.items() if name not in OURS} | dict(leg.environment or {})
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *leg.arguments]
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=words, stderr=words) as running:
            code = ended(running, leg.seconds)
        count = read(report)
    if code and not count.failed:
        count.failed = 1
    return count


def ended(running: "subprocess.Popen[bytes]", seconds: float, farewell: float = 60) -> int:
    """Wait for a leg to end; one that doesn't is ended, and each of its workers says where it stood."""
    try:
        return running.wait(seconds)
    except subprocess.TimeoutExpired:
        title(f"not ended after {seconds} s")
        for worker in Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text("utf-8").split():
            os.kill(int(worker), signal.SIGABRT)
        with suppress(subprocess.TimeoutExpired):
            running.wait(farewell)
        return 1
    finally:
        running.kill()


def read(report: Path) -> Count:
    """Count the tests of a report. A skipped test is a failure: every leg runs, or says what to install."""
    if not report.exists():
        return Count(failed=1)
    count = Count()
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - pytest wrote it a moment ago
        tests, *faults = (int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped"))
        count.add(Count(tests - sum(faults), sum(faults)))
    return count


def title(words: str) -> None:
    """A line between the legs."""
    print(f"\n== {words} ==", flush=True)


if __name__ == "__main__":
    main()
