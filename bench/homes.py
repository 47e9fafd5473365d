"""The homes that are measured, each made when it is first asked for and gone when the benchmarks are done."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench import measuring
from bench.contestants.cells import YEARS
from scripts import postgres

ENGINES: Final = ("SQLite", "PostgreSQL")
REPORTS: Final = {"national-annual": "the annual report", "national-results": "the report on results"}

Environment = Mapping[str, str]


@dataclass
class Homes:
    """A demo home, and for each database a home filled with people, each as the environment of its commands."""

    folder: Path
    participations: int
    stack: ExitStack
    made: dict[str, Environment] = field(default_factory=dict)

    def demo(self) -> Environment:
        """A new demo home on SQLite."""
        return self._once("demo", lambda: self._make("demo"))

    def published(self) -> Environment:
        """A demo home in which both reports of the years before the newest are out, one year after the other."""
        return self._once("published", self._publish)

    def with_edition(self, folder: Path) -> Environment:
        """A new demo home on PostgreSQL, with an edition that is out in another."""
        return self._once("with edition", lambda: self._take_over(folder))

    def filled(self, engine: str) -> Environment:
        """A demo home with as many participations as are wanted."""
        return self._once(engine, lambda: self._fill(engine))

    def _once(self, name: str, make: Callable[[], Environment]) -> Environment:
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    def _make(self, name: str, **more: str) -> Environment:
        measuring.say(f"making a demo home ({name})")
        env = measuring.environment(self.folder / name, **more)
        measuring.command("finsam.cli.main", "demo", env=env)
        return env

    def _publish(self) -> Environment:
        env = self._make("published")
        for year, key in product(YEARS[:-1], REPORTS):
            made = measuring.run("publishing:compiled", key, year, env=env)
            out = measuring.run("publishing:published", made.answer, env=env)
            measuring.say(f"  published {key} {year} in {made.seconds + out.seconds:.0f} s")
        return env

    def _take_over(self, folder: Path) -> Environment:
        env = self._make("edition", FINSAM_DATABASE_URL=self.stack.enter_context(postgres.throwaway()))
        measuring.run("publishing:taken_over", folder, env=env)
        return env

    def _fill(self, engine: str) -> Environment:
        server = {"FINSAM_DATABASE_URL": self.stack.enter_context(postgres.throwaway())} if engine != "SQLite" else {}
        env = self._make(engine, **server)
        run = measuring.run("crowd:fill", self.participations, env=env)
        measuring.say(f"  added participations up to {self.participations:,} in {run.seconds:.0f} s")
        return env


@contextmanager
def temporary(participations: int) -> Iterator[Homes]:
    """Homes in a temporary folder."""
    with TemporaryDirectory(prefix="finsam-bench-") as folder, ExitStack() as stack:
        yield Homes(Path(folder), participations, stack)
