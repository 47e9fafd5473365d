"""Registering and searching over real HTTP in a large home: `finsam serve`, real forms, one registrar."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any, Final

from bench import document, measuring
from bench.browser import Browser, Page
from bench.homes import ENGINES, Homes
from bench.serving import served
from finsam.values.identity import shifted

VISITS: Final = 200
WARM_UP: Final = 10
SAVE: Final = "registration saved"
SEARCH: Final = "found by number"
PEER: Final = "sign-in page (the peer)"
LIMITS: Final[Mapping[str, float]] = {SAVE: 0.3, SEARCH: 0.2}  # seconds, for nineteen of twenty
OTHERS: Final = ("consent saved", "looked through before saving")
ABOUT: Final = """\
{visits} registrations and searches by one registrar, one request at a time, through the forms of the pages, to `finsam
serve` on loopback in a home of {participations:,} participations, {largest:,} of them in the registrar's own
intervention. Saved and found mean that the person's page is there: both the form's answer and the page it sends on to.
The peer is the sign-in page of the same server, asked for in turn with the others."""
WHY: Final = """\
What limits it is Python: the time goes to templates and to asking who may see what, not to the size of the home. Both
numbers are found through an index, and what is saved waits for the disk."""
HEAD: Final = ("database and request", "median", "p95", "longest", "p95 beside the peer", "limit for p95")
ANSWERS: Final[Mapping[str, Sequence[str] | str]] = {
    "name": "Testa Provsson",
    "starts_on": "2021-03-20",
    "supports": ["social_assistance"],
    "months_in_support": "1 år 2 mån",
    "education": "upper_secondary",
    "occupation": "job_seeking",
    "need_groups": ["none_specific"],
}


@dataclass
class Visit:
    """A registrar at work, and the seconds that each thing took."""

    browser: Browser
    stranger: Browser
    facts: Mapping[str, Any]
    times: dict[str, list[float]] = field(default_factory=dict)

    def sign_in(self) -> None:
        """Sign in with the form."""
        page = self.browser.get("/logga-in/")
        address, word = self.facts["email"], self.facts["password"]
        _expect(self.browser.submit(page, "/logga-in/", "password", email=address, password=word), 302)

    def register(self, number: str) -> None:
        """Register a participant in the three steps; saved when the person's page is there."""
        start = f"/insatser/{self.facts['intervention']}/registrera/"
        consent = {"given_by": "participant", "given_on": "2021-03-10"}
        given = _expect(self.browser.submit(self.browser.get(start), start, "given_by", **consent), 302)
        form = self.browser.get(given.location)
        filled = {"number": number, **ANSWERS, "step": "check"}
        check = _expect(self.browser.submit(form, given.location, "number", **filled), 200)
        saved = _expect(self.browser.submit(check, given.location, "number", step="save"), 302)
        shown = _expect(self.browser.get(saved.location), 200)
        self._note(**{OTHERS[0]: given.seconds, OTHERS[1]: check.seconds, SAVE: saved.seconds + shown.seconds})

    def search(self, number: str) -> None:
        """Search by identity number; found when the person's page is there."""
        address = "/deltagare/"
        found = _expect(self.browser.submit(self.browser.get(address), address, "number", number=number), 302)
        shown = _expect(self.browser.get(found.location), 200)
        self._note(**{SEARCH: found.seconds + shown.seconds})

    def look(self) -> None:
        """Ask for the sign-in page as a stranger."""
        self._note(**{PEER: _expect(self.stranger.get("/logga-in/"), 200).seconds})

    def _note(self, **seconds: float) -> None:
        for what, value in seconds.items():
            self.times.setdefault(what, []).append(value)


def paragraphs(homes: Homes) -> Iterator[str]:
    """Measure, and tell in paragraphs."""
    rows = []
    for engine in ENGINES:
        env = homes.filled(engine)
        facts = measuring.run("visits:known", VISITS + WARM_UP, env=env).answer
        with served(env) as port:
            times = visit(port, facts)
        rows += _rows(engine, times)
        measuring.say("\n".join(f"  {row[0]}: p95 {row[2]}" for row in rows[-len(times) :]))
    yield ABOUT.format(visits=VISITS, participations=homes.participations, largest=facts["participations"])
    yield document.table(HEAD, rows)
    yield WHY


def visit(port: int, facts: Mapping[str, Any]) -> dict[str, list[float]]:
    """Register, search and look in turn, one request at a time; the first rounds are not counted."""
    with closing(Browser(port)) as browser, closing(Browser(port)) as stranger:
        one = Visit(browser, stranger, facts)
        one.sign_in()
        for number, new in zip(facts["numbers"], new_numbers(), strict=False):
            one.register(new)
            one.search(number)
            one.look()
    return {what: values[WARM_UP:] for what, values in one.times.items()}


def new_numbers() -> Iterator[str]:
    """Numbers of people whom no one can be, of an age that nobody asks about, and of a series that the home lacks."""
    return (shifted(date(1985, 1, 1) + timedelta(days=day), 980) for day in range(5_000))


def _rows(engine: str, times: Mapping[str, Sequence[float]]) -> list[list[str]]:
    peer = measuring.percentile(times[PEER], 0.95)
    rows = []
    for what in (SAVE, SEARCH, *OTHERS, PEER):
        p95 = measuring.percentile(times[what], 0.95)
        limit = f"{LIMITS[what]} s: {document.verdict(p95, LIMITS[what])}" if what in LIMITS else ""
        figures = [document.seconds(value) for value in (median(times[what]), p95, max(times[what]))]
        rows.append([f"{engine}: {what}", *figures, f"{p95 / peer:.1f}", limit])
    return rows


def _expect(page: Page, status: int) -> Page:
    if page.status != status:
        raise ValueError(f"The server answered {page.status} and not {status}")
    return page
