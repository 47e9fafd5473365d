"""Imports every module alone, as the first of its kind in its process: `python -m tests.house.alone`.

A Python for each would take a second a module. Instead a process that has loaded what others have written, and nothing
of ours, is forked: each child imports one module first and leaves. What needs Django's models is tried in two ways:
what Django loads itself when it starts, as the first it loads; the rest as the first after Django has started.
"""

import gc
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from unittest import mock

# What takes time to load and is not ours, except what Django loads when it is told which applications there are.
OTHERS = (
    *("click", "django.forms", "django.db.models", "django.template", "django.urls"),
    *("django_htmx.middleware", "duckdb"),
    *("highspy", "ibis", "numpy", "pyarrow.parquet", "vl_convert", "xlsxwriter", "xml.etree.ElementTree"),
)
PLAIN = ("values", "disclosure", "statistics", "publications", "cli", "config")
WITH_DJANGO = ("finsam.config.urls",)
OWN_PROCESS = ("__main__", "wsgi")  # what a server or Python itself starts


def main() -> None:
    """Print, as JSON, how many modules were tried and what the failing ones said."""
    package, *folders = sys.argv[1:] or ["finsam"]
    sys.path[:0] = folders
    for other in OTHERS:
        import_module(other)
    gc.disable()  # a child that looked for cycles would copy all that is loaded, and it leaves before it has made many
    modules = list(names(package))
    plain = [module for module in modules if package != "finsam" or is_plain(module)]
    failing = failures(plain)
    if package == "finsam":
        failing |= with_django([module for module in modules if module not in plain])
    print(json.dumps({"tried": len(modules), "failing": failing}))


def is_plain(module: str) -> bool:
    """Whether a module is loaded where Django has not started."""
    return module.split(".")[1:2] in ([one] for one in PLAIN) and module not in WITH_DJANGO


def names(package: str) -> Iterator[str]:
    """Every module of a package, by where its file lies; migrations are Django's to load."""
    found = next(root for root in map(Path, sys.path) if (root / package).is_dir())
    for path in sorted((found / package).rglob("*.py")):
        parts = path.relative_to(found).with_suffix("").parts
        if "migrations" not in parts and parts[-1] not in OWN_PROCESS:
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def with_django(modules: list[str]) -> dict[str, str]:
    """The modules that cannot come first when Django loads the models, or first when it has."""
    import django
    from django.apps import AppConfig

    early = loaded_by_django()
    load, failing = AppConfig.import_models, dict[str, str]()

    def first_ours(config: AppConfig) -> None:
        patch.stop()
        failing.update(failures([module for module in modules if module in early]))
        load(config)

    patch = mock.patch.object(AppConfig, "import_models", first_ours)
    patch.start()
    django.setup()
    return failing | failures([module for module in modules if module not in early])


def loaded_by_django() -> set[str]:
    """The modules that Django loads when it starts."""

    def started() -> str:
        import django

        django.setup()
        return "\n".join(sys.modules)

    return set(forked(started).split("\n"))


def failures(modules: Iterable[str]) -> dict[str, str]:
    """The last line of what each module said that could not be imported first."""
    said = ((module, forked(partial(imported, module))) for module in modules)
    return {module: text for module, text in said if text}


def imported(module: str) -> str:
    """Import a module; gives what went wrong."""
    try:
        import_module(module)
    except Exception:  # noqa: BLE001 - whatever it was is told
        return traceback.format_exc().strip().rpartition("\n")[2]
    return ""


def forked(work: Callable[[], str]) -> str:
    """What a piece of work says that is done in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "w") as told:
            told.write(work())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as heard:
        said = heard.read()
    _pid, status = os.waitpid(child, 0)
    return said or (f"ended with {status}" if status else "")


if __name__ == "__main__":
    main()
