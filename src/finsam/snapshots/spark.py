"""Starts Spark, or says in a sentence why it will not start; snapshots are read there from the same Parquet files."""

import logging
import os
import re
import shutil
import socket
import subprocess
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import ibis
import ibis.expr.types as ir
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.snapshots import memory

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA: Final = 17
MASTERS: Final = ("local", "spark://", "sc://", "yarn", "k8s://")
CONNECT: Final = 15002  # the port of Spark Connect when none is said
PATIENCE: Final = 5  # seconds to wait for a master to answer; Spark itself tries for a minute
# Nothing is served, nothing is written where others see it, and a snapshot needs no two hundred parts.
QUIET: Final = {
    "spark.app.name": "finsam",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
}
LOGGING: Final = """\
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %p %c{1}: %m%n
"""
ON_THIS_MACHINE: Final = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


@contextmanager
def session(master: str = "") -> Iterator["SparkSession"]:
    """Start a session on a master (without: on this machine), and end it afterwards."""
    master = master or f"local[{settings.FINSAM_THREADS or '*'}]"
    _refuse_missing(master)
    _refuse_silent(master)
    with memory.room() as room:
        begun = _begin(master, room)
        try:
            yield begun
        finally:
            begun.stop()


def over(session: "SparkSession", folder: Path, schemas: Mapping[str, ibis.Schema]) -> dict[str, ir.Table]:
    """Give Parquet files as tables in Spark, each under its name; whoever computes must find the same path.

    The columns are told, for Spark would start a job for every file to find them.
    """
    with _untroubled():
        from ibis.backends.pyspark.datatypes import PySparkSchema

        backend = ibis.pyspark.connect(session)
        for name, schema in schemas.items():
            path = str((folder / f"{name}.parquet").resolve())
            session.read.schema(PySparkSchema.from_ibis(schema)).parquet(path).createOrReplaceTempView(name)
        return {name: backend.table(name) for name in schemas}


def _refuse_missing(master: str) -> None:
    try:
        import pyspark  # noqa: F401
    except ImportError as missing:
        raise ValidationError(
            _("Spark är inte installerat. Installera det: .venv/bin/python -m pip install -r requirements-spark.lock")
        ) from missing
    if not master.startswith("sc:") and _java() < JAVA:
        raise ValidationError(_no_java())


def _java() -> int:
    """The version of the Java that Spark would start, or 0; Spark itself only says that something went wrong."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=f"{home}/bin" if home else None)
    if program is None:
        return 0
    answer = subprocess.run([program, "-version"], check=False, capture_output=True, text=True)  # noqa: S603
    version = re.search(r'version "(\d+)', answer.stderr)
    return int(version[1]) if version else 0


def _refuse_silent(master: str) -> None:
    """Refuse what is no address, and one that does not answer, before Spark has tried for a minute."""
    if not master.startswith(MASTERS):
        raise ValidationError(_unreachable(master))
    if not master.startswith(("spark://", "sc://")):
        return
    for place in master.split("://")[1].split(","):
        with suppress(OSError, ValueError), _connected(place):
            return
    raise ValidationError(_unreachable(master))


def _connected(place: str) -> socket.socket:
    address = urlsplit(f"//{place}")
    return socket.create_connection((address.hostname or "", address.port or CONNECT), timeout=PATIENCE)


def _begin(master: str, room: Path) -> "SparkSession":
    with _untroubled():
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession

    logging.getLogger("py4j").setLevel(logging.WARNING)
    building: Any = SparkSession.builder
    building = building.remote(master) if master.startswith("sc:") else building.master(master)
    for name, value in _settings(master, room).items():
        building = building.config(name, value)
    try:
        with _untroubled():
            begun: SparkSession = building.getOrCreate()
    except PySparkException as fault:
        raise ValidationError(_no_java() if "JAVA" in str(fault) else _unreachable(master)) from fault
    except (Py4JError, OSError) as fault:
        raise ValidationError(_unreachable(master)) from fault
    return begun


def _settings(master: str, room: Path) -> dict[str, str]:
    (room / "log4j2.properties").write_text(LOGGING, "utf-8")
    ours = {
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={room / 'log4j2.properties'}",
        "spark.local.dir": str(room),
        "spark.sql.warehouse.dir": str(room / "warehouse"),
    }
    if not master.startswith("local"):
        return QUIET | ours
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    return QUIET | ours | ON_THIS_MACHINE


@contextmanager
def _untroubled() -> Iterator[None]:
    """Load what warns that it may not understand the newest pandas; it is given none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _no_java() -> str:
    return _("Spark behöver Java %(version)s eller nyare. Installera det (Debian: apt install %(package)s).") % {
        "version": JAVA,
        "package": "openjdk-17-jre-headless",
    }


def _unreachable(master: str) -> str:
    return _(
        "Spark svarar inte på %(master)s. Kontrollera adressen i --master, "
        "eller utelämna den och räkna på den här datorn."
    ) % {"master": master}
