"""25, 100 and 400 users at a time, and fifty clients who stand still: this version beside the one before."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any, Final

from bench import before, document, measuring, pages
from bench.browser import Browser
from bench.homes import ENGINES, Environment, Homes
from bench.serving import Site, site
from bench.users import ANALYST, Click, Crowd, standing_still
from scripts import postgres

COUNTS: Final = (25, 100, 400)
SECONDS: Final = 20.0
STILL: Final = 50
SIGNING_IN, FEW = 2, 10
BESIDE_STILL: Final = f"{FEW} users, {STILL} stand still"
BESIDE_SIGN_INS: Final = f"{FEW} users, {SIGNING_IN} sign in without end"
VERSIONS: Final = ("before", "now")
LIMITS: Final[Mapping[str, float]] = {"100 users": 0.5, BESIDE_STILL: 1.0}
ABOUT: Final = """\
Users of a demo home who click, read for a second and click again, for {seconds:.0f} s after all have come. A round is a
registrar's start page, their interventions, an intervention's participants, the form for a new one and three
participants (each such page is noted in the read log), and an analyst's list of editions. *Stand still* is {still}
connections that have sent seven bytes of a form of 100,000. The peer is the version before ({commit}: granian with one
thread), in the same run; it made its own home. Users, server and database share two cores."""
WHY: Final = """\
What limits it is the processor: Python draws a page in the milliseconds that the table gives, on as many cores as
there are. With more users than that is enough for, everyone waits their turn and nobody is turned away. A client that
stands still costs no thread: the server takes in a whole request before a thread sees it."""
HEAD: Final = (
    "database, version and users",
    "pages a second",
    "median",
    "p95",
    "longest",
    "faults",
    "processor a page",
    "limit for p95",
)


def paragraphs(homes: Homes) -> Iterator[str]:
    """Measure, and tell in paragraphs."""
    rows: list[Sequence[str]] = []
    with TemporaryDirectory(prefix="finsam-before-") as folder, ExitStack() as stack:
        source = stack.enter_context(before.checked_out(Path(folder) / "source"))
        for engine in ENGINES:
            for version in VERSIONS:
                env = _home(homes, engine, version, source, stack)
                rows += _measured(f"{engine}, {version}", env, source if version == "before" else measuring.ROOT)
        drawn = list(pages.paragraphs(env))
    yield ABOUT.format(seconds=SECONDS, still=STILL, commit=before.COMMIT)
    yield document.table(HEAD, rows)
    yield WHY
    yield from drawn


def _home(homes: Homes, engine: str, version: str, source: Path, stack: ExitStack) -> Environment:
    """A new demo home of a version, on a database of its own."""
    more = {} if engine == "SQLite" else {"FINSAM_DATABASE_URL": stack.enter_context(postgres.throwaway())}
    measuring.say(f"making a demo home ({engine}, {version})")
    home = homes.folder / f"crowd-{engine}-{version}"
    if version == "before":
        return before.demo(source, home, **more)
    env = measuring.environment(home, **more)
    measuring.command("finsam.cli.main", "demo", env=env)
    return env


def _measured(name: str, env: Environment, source: Path) -> Iterator[Sequence[str]]:
    facts = measuring.run("visits:known", 3, env=env, cwd=source).answer
    with site(env, source) as served:
        port = served.port
        clicks = _round(port, facts)
        for count in COUNTS:
            yield _row(name, f"{count} users", served, clicks, count)
        with closing(Browser(port)) as stranger:
            stranger.get("/logga-in/")
            with standing_still(port, STILL, stranger.cookies):
                yield _row(name, BESIDE_STILL, served, clicks, FEW)
        with signing_in(port, facts["email"], facts["password"]):
            yield _row(name, BESIDE_SIGN_INS, served, clicks, FEW)


def _round(port: int, facts: Mapping[str, Any]) -> Sequence[Click]:
    intervention = facts["intervention"]
    with signed_in(port, facts["email"], facts["password"]) as registrar:
        known = [registrar.open(number) for number in facts["numbers"]]
        cookies = registrar.browser.cookies
    with signed_in(port, ANALYST, facts["password"]) as analyst:
        editions = Click("/utgavor/", analyst.browser.cookies)
    list_of_them, form = f"/insatser/{intervention}/deltagare/", f"/insatser/{intervention}/registrera/"
    return [*(Click(address, cookies) for address in ("/", "/insatser/", list_of_them, form, *known)), editions]


class SignedIn:
    """Somebody who has signed in."""

    def __init__(self, browser: Browser, email: str, password: str) -> None:
        self.browser = browser
        page = browser.get("/logga-in/")
        answer = browser.submit(page, "/logga-in/", "password", email=email, password=password)
        if answer.status != 302:
            raise ValueError(f"The server answered {answer.status} to a sign-in")

    def open(self, number: str) -> str:
        """The address of the page of the participant with an identity number."""
        page = self.browser.get("/deltagare/")
        return self.browser.submit(page, "/deltagare/", "number", number=number).location


@contextmanager
def signed_in(port: int, email: str, password: str) -> Iterator[SignedIn]:
    """Somebody who has signed in, until they hang up."""
    with closing(Browser(port)) as browser:
        yield SignedIn(browser, email, password)


@contextmanager
def signing_in(port: int, email: str, password: str) -> Iterator[None]:
    """Others who sign in, one time after the other: a password is meant to take long to try."""
    ended = Event()

    def over_and_over() -> None:
        while not ended.is_set():
            with signed_in(port, email, password):
                pass

    with ThreadPoolExecutor(SIGNING_IN) as pool:
        for _ in range(SIGNING_IN):
            pool.submit(over_and_over)
        try:
            yield
        finally:
            ended.set()


def _row(name: str, users: str, served: Site, clicks: Sequence[Click], count: int) -> Sequence[str]:
    begun = served.cpu()
    seen = Crowd(served.port, clicks, SECONDS).click(count)
    cpu = (served.cpu() - begun) / seen.pages if seen.pages and users != BESIDE_SIGN_INS else None
    pages = len(seen.seconds)
    p95 = measuring.percentile(seen.seconds, 0.95)
    limit = f"{LIMITS[users]} s: {document.verdict(p95, LIMITS[users])}" if users in LIMITS else ""
    times = [document.seconds(value) for value in (median(seen.seconds), p95, max(seen.seconds))]
    measuring.say(f"  {name}, {users}: {pages} pages, p95 {times[1]}, {len(seen.faults)} faults {seen.faults[:3]}")
    drawn = document.seconds(cpu) if cpu is not None else ""
    return [f"{name}: {users}", f"{pages / SECONDS:.0f}", *times, str(len(seen.faults)), drawn, limit]
