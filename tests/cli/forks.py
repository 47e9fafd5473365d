"""Runs commands in children of one Python that has loaded what others have written, and nothing of ours.

A new Python for each command would load the same packages some hundred times over, which takes longer than the
commands. `python -m tests.cli.forks` reads one order a line and answers each with the code the child left.
"""

import atexit
import gc
import json
import os
import runpy
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from django.conf import settings

OTHERS = (
    "adbc_driver_manager.dbapi",
    "adbc_driver_postgresql",
    "adbc_driver_sqlite",
    "click",
    "cryptography.hazmat.primitives.ciphers.aead",
    "csp.checks",
    "django.contrib.auth.hashers",
    "django.contrib.auth.password_validation",
    "django.core.management.commands.migrate",
    "django.core.serializers.json",
    "django.db.backends.postgresql.base",
    "django.db.backends.sqlite3.base",
    "django.db.models",
    "django.forms",
    "django.template.defaultfilters",
    "django.views.debug",
    "django_htmx.middleware",
    "django_stubs_ext",
    "django_tasks",
    "duckdb",
    "highspy",
    "ibis.backends.duckdb",
    "psycopg",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "simple_history.models",
)
_server: list["subprocess.Popen[str]"] = []


def call(arguments: Sequence[str], environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run `python -m ...` in a child; gives what subprocess.run would."""
    server = _server[0] if _server else _start()
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder) / name for name in ("stdout", "stderr")]
        order = {"arguments": list(arguments), "environment": dict(environment), "said": list(map(str, said))}
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps(order) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(list(arguments), code, *(path.read_text("utf-8") for path in said))


def _start() -> "subprocess.Popen[str]":
    """Start the server; it ends with whoever started it."""
    command = [sys.executable, "-W", "ignore", "-m", __name__]
    place = Path(__file__).parents[2]
    server = subprocess.Popen(command, text=True, cwd=place, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    _server.append(server)
    atexit.register(server.kill)
    return server


def main() -> None:
    """Answer orders until there are no more."""
    for other in OTHERS:
        import_module(other)
    assert not settings.configured, "each child reads its own settings"
    gc.freeze()  # or each child would copy all of it when it looks for cycles
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _leave(json.loads(line))
        _pid, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _leave(order: dict[str, object]) -> None:
    """Do what is ordered, in the child, and leave with its code."""
    environment, arguments, said = order["environment"], order["arguments"], order["said"]
    assert isinstance(environment, dict)
    assert isinstance(arguments, list)
    assert isinstance(said, list)
    for number, path in enumerate(said, start=1):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(opened, number)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir("/")
    sys.path[:] = [*environment["PYTHONPATH"].split(os.pathsep), *sys.path]
    code = 0
    try:
        _flag, module, *rest = arguments
        sys.argv = [module, *rest]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
        if isinstance(left.code, str):
            sys.stderr.write(left.code + "\n")
    except BaseException:  # noqa: BLE001 - as a new Python would, print what happened and leave with 1
        traceback.print_exc()
        code = 1
    if "finsam.config.settings" in sys.modules:
        from django.db import connections

        connections.close_all()  # as a Python that ends by itself does: SQLite then leaves no log behind
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
