"""A process that is handed one command after the other, and tells of each how it was answered and what is left.

`python -m tests.fuzz.doors` reads a line of JSON a command. That it is one process for all of them makes hundreds of
commands as cheap as they are for those who write them; its peak of memory is of all that it was handed.
"""

import contextlib
import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.cli.homes import Home

MOST = 300 * 2**10  # kilobytes


@dataclass(frozen=True)
class Answer:
    """How a command was answered: its code, what it said, and whether it left the home as it was."""

    code: int | str
    said: str
    unchanged: bool
    peak: int

    @property
    def fault(self) -> str:
        """What is wrong with the answer; nothing when it is a refusal by one sentence or a success."""
        if self.peak > MOST:
            return f"{self.peak // 1024} MB"
        if self.code == 2:
            if not self.said.strip() or "Traceback" in self.said or self.said.endswith(": None."):
                return f"no sentence: {self.said}"
            return "" if self.unchanged else "something was written"
        return "" if self.code in (0, 1) else f"code {self.code}: {self.said[-800:]}"


class Door:
    """The process, to which commands are handed."""

    def __init__(self, running: "subprocess.Popen[str]") -> None:
        self._in, self._out = running.stdin, running.stdout

    def answer(self, *arguments: str | Path) -> Answer:
        """Hand over a command and wait for its answer."""
        assert self._in
        assert self._out
        self._in.write(json.dumps([str(one) for one in arguments]) + "\n")
        self._in.flush()
        return Answer(
            **json.loads(self._out.readline() or '{"code": "died", "said": "", "unchanged": false, "peak": 0}')
        )


@contextmanager
def opened(home: Home) -> Iterator[Door]:
    """The process in a home."""
    command = [sys.executable, "-W", "ignore", "-m", __name__]
    with subprocess.Popen(
        command, env=home.environment, cwd=Path(__file__).parents[2], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as running:  # fmt: skip
        try:
            yield Door(running)
        finally:
            running.kill()


def main() -> None:
    """Answer commands until there are no more."""
    answers, sys.stdout = sys.stdout, io.StringIO()
    place = Path(os.environ["FINSAM_HOME"])
    from finsam.cli import main as finsam

    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    for line in sys.stdin:
        before = listing(place)
        code, said = _answered(finsam.answer, json.loads(line))
        _tell(answers, {"code": code, "said": said, "unchanged": listing(place) == before, "peak": peak()})


def peak() -> int:
    """The most kilobytes that this process has held, or one that it has started; not what its parent held."""
    status = Path("/proc/self/status").read_text("ascii", "replace")
    own = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return max(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def listing(place: Path) -> list[str]:
    """What lies in a home, but for what SQLite keeps beside its file."""
    found = (str(path.relative_to(place)) for path in place.rglob("*"))
    return sorted(name for name in found if not name.endswith(("-wal", "-shm")))


def _answered(answer: Any, arguments: Sequence[str]) -> tuple[int | str, str]:
    said, out = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(out):
            code: int | str = answer(list(arguments))
    except BaseException as fault:  # noqa: BLE001 - whatever it is, it was not answered by a sentence
        import traceback

        return type(fault).__name__, traceback.format_exc()
    lines = [line for line in said.getvalue().splitlines() if not line.startswith("… ")]
    return code, "\n".join(lines)


def _tell(answers: IO[str], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
