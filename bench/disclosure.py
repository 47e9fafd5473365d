"""Protecting and attacking the two large tables, beside τ-ARGUS alone and one linear program a cell."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bench import document, measuring, yearly
from bench.homes import Environment, Homes
from bench.measuring import Measured, Outcome

TABLES: Final = {"associations": ("83 × 3 × 9", 5.0, 3), "municipalities": ("290 × 2 × 8", 60.0, 1)}
WAYS: Final = {
    "associations": {"alone": "ours", "plainly": "small cells alone, one program a cell"},
    "municipalities": {
        "alone": "ours",
        "with_argus": "ours, from the pattern of τ-ARGUS",
        "plainly": "τ-ARGUS alone, one program a cell",
    },
}
ABOUT: Final = """\
Two invented tables as thin as the demo's 17,454 persons of a year make them, with all their sums: {associations}; and
{municipalities}. In the first, one person can stand under several associations and supports, so only sex adds up; in
the second everything does, municipalities by way of their counties. Ours is `protect` from exact counts to tables that
may leave the house, those who are alone in a cell thought of too, and then the whole attack anew on what came out. The
peer takes the pattern of τ-ARGUS (in the first table, where it can't help, the small cells alone) and solves two fresh
linear programs a hidden cell; it only finds out what is wrong with the pattern, and mends nothing. Processors and
memory are those of our process and of τ-ARGUS, which works in another, together."""
LIMITS: Final = """\
What limits us is the number of hidden cells: each needs worlds of whole persons that put it five apart, and for each of
those who are alone in a cell such worlds that leave that cell as it is. Since a mark stands for somebody, a cell of one
can't lose its person to another, so that worlds are wider moves than they were: more cells are left out, and the search
looks farther. In the attack a whole world that reaches about as far as any tells of hundreds of cells at once; one
linear program each is left for one cell in thirty. τ-ARGUS saves about one hidden cell in a hundred and costs its own
time, so that it is asked about large additive tables only."""


def paragraphs(homes: Homes) -> Iterator[str]:
    """Measure, and tell in paragraphs."""
    env = measuring.environment(homes.folder / "nothing")
    facts = {name: measuring.run("protecting:facts", name, env=env).answer for name in TABLES}
    told = {name: _described(title, facts[name]) for name, (title, _, _) in TABLES.items()}
    yield ABOUT.format(**told)
    yield document.table(
        ["table", "time", "processors", "peak memory", "left out", "found narrow", "limit"],
        [row for name in TABLES for row in _rows(name, env)],
    )
    yield LIMITS
    yield from yearly.paragraphs(homes.published())


def _described(title: str, facts: dict[str, int]) -> str:
    return f"{title}, {facts['cells']:,} cells of which {facts['small']:,} are too small to show"


def _rows(name: str, env: Environment) -> Iterator[Sequence[str]]:
    title, limit, rounds = TABLES[name]
    found = measuring.race({way: _start(way, name, env) for way in WAYS[name]}, rounds)
    for way, outcome in found.items():
        measuring.say(f"  {name}, {way}: {outcome.seconds:.1f} s, {outcome.answer}")
        verdict = document.verdict(outcome.seconds, limit) if way != "plainly" else ""
        yield _row(f"{title}: {WAYS[name][way]}", outcome, verdict)


def _start(way: str, name: str, env: Environment) -> Callable[[], Measured]:
    return lambda: measuring.run(f"protecting:{way}", name, env=env)


def _row(title: str, outcome: Outcome, verdict: str) -> list[str]:
    figures = [document.seconds(outcome.seconds), document.seconds(outcome.cpu), document.megabytes(outcome.peak)]
    return [title, *figures, f"{outcome.answer['hidden']:,}", f"{outcome.answer['narrow']:,}", verdict]
