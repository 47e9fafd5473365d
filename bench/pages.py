"""Where the processor time of a page goes: a registrar's three pages and the list of editions, in a warm process."""

import cProfile
import pstats
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any, Final

from bench import document, measuring
from bench.homes import Environment
from bench.serving import OK
from bench.users import ANALYST

ROUNDS: Final = 30
# What is looked for in a profile: the end of a file's name, and the functions in it through which all of its kind go.
KINDS: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "templates": ("django/template/backends/django.py", ("render",)),
    "asking the database": ("django/db/models/sql/compiler.py", ("execute_sql",)),
    "of which in the database": ("django/db/backends/utils.py", ("_execute", "_executemany")),
    "addresses of links": ("django/urls/base.py", ("reverse",)),
    "fields of forms": ("django/forms/boundfield.py", ("as_widget",)),
}
HEAD: Final = ("page", "processor", *KINDS)
ABOUT: Final = """\
Where it goes: the processor time of one page in a warm process (the middle of {rounds}, without the server), and how
much of it a profile lays on what, each with all that it calls. A template that asks the database is in both columns,
and the profile makes Python's own calls heavier than they are."""


def paragraphs(env: Environment) -> Iterator[str]:
    """Measure in a home, and tell in paragraphs."""
    rows = measuring.run("pages:measured", env=env).answer
    yield ABOUT.format(rounds=ROUNDS)
    table = [
        [page, document.seconds(found["seconds"]), *(f"{found['shares'][kind]:.0%}" for kind in KINDS)]
        for page, found in rows.items()
    ]
    yield document.table(HEAD, table)


def measured() -> dict[str, dict[str, Any]]:
    """Seconds of the processor and shares of each page, in this process."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from bench import visits  # of a process that has a home

    facts = visits.known("1")
    clients = {}
    for email in (facts["email"], ANALYST):
        clients[email] = Client(headers={"host": "localhost"})
        clients[email].force_login(get_user_model().objects.get(email=email))
    registrar, analyst, place = clients[facts["email"]], clients[ANALYST], f"/insatser/{facts['intervention']}"
    person = registrar.post("/deltagare/", {"number": facts["numbers"][0]}).headers["Location"]
    pages = {
        "participants of an intervention": (registrar, f"{place}/deltagare/"),
        "the form for a new one": (registrar, f"{place}/registrera/"),
        "a participant": (registrar, person),
        "list of editions": (analyst, "/utgavor/"),
    }
    return {page: _of(lambda: client.get(address)) for page, (client, address) in pages.items()}  # noqa: B023


def _of(ask: Callable[[], Any]) -> dict[str, Any]:
    if ask().status_code != OK:
        raise ValueError("The page did not come")
    seconds = median(_timed(ask) for _ in range(ROUNDS))
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(ROUNDS):
        ask()
    profile.disable()
    return {"seconds": seconds, "shares": shares(pstats.Stats(profile))}


def _timed(ask: Callable[[], Any]) -> float:
    begun = time.process_time()
    ask()
    return time.process_time() - begun


def shares(stats: pstats.Stats) -> dict[str, float]:
    """How much of all time went through the functions of each kind, with what they call."""
    found: Any = stats
    total = found.total_tt
    return {
        kind: sum(
            row[3] for (file, _line, name), row in found.stats.items() if file.endswith(where) and name in functions
        )
        / total
        for kind, (where, functions) in KINDS.items()
    }
