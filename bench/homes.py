"""The homes that are measured, each made when it is first asked for and gone when the benchmarks are done."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench import measuring
from scripts import postgres

ENGINES: Final = ("SQLite", "PostgreSQL")

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
