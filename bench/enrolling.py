"""Registrations one after the other, each saved with another care: what `bench/saving.py` measures."""

import os
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.saving import DISK, WHAT
from bench.visits import known
from finsam.access import audit, queries
from finsam.access.clock import moment
from finsam.access.models import ReadRow, User
from finsam.associations.models import Municipality
from finsam.interventions.models import Intervention
from finsam.participants import actions
from finsam.values.identity import IdentityNumber, shifted

WARM_UP: Final = 10
MODES: Final = ("FULL", "NORMAL")
FIRST: Final = date(2021, 3, 20)


def times(saves: str) -> dict[str, list[float]]:
    """The seconds that each save took, by how it was saved, and those of the disk alone."""
    facts = known("1")
    actor = queries.actor_for(user=User.objects.get(email=facts["email"]), at=moment(timezone.now()))
    intervention = Intervention.objects.get(pk=facts["intervention"])
    found: dict[str, list[float]] = {f"{what}, {mode}": [] for what in WHAT for mode in MODES}
    found[DISK] = []
    for number in range(len(MODES) * (int(saves) + WARM_UP)):
        mode = MODES[number % len(MODES)]
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={mode}")
        consent = actions.record_consent(
            actor=actor, intervention=intervention, given_by="participant", given_on=date(2021, 3, 10)
        )
        identity = IdentityNumber(shifted(date(1930, 1, 1) + timedelta(days=number), 500))
        begun = time.perf_counter()
        actions.enrol(
            actor=actor,
            intervention=intervention,
            consent=consent,
            identity=identity,
            name="Testa Provsson",
            start=_start(),
            confirmed=["old"],  # born when nobody in the home was
        )
        found[f"{WHAT[0]}, {mode}"].append(time.perf_counter() - begun)
        begun = time.perf_counter()
        audit.read(actor, ReadRow.What.SEARCHED)
        found[f"{WHAT[1]}, {mode}"].append(time.perf_counter() - begun)
        found[DISK] += [_flushed()]
    return {what: values[WARM_UP:] for what, values in found.items()}


def _start() -> actions.Start:
    return actions.Start(
        starts_on=FIRST,
        municipality=Municipality.objects.order_by("code")[0],
        supports=["social_assistance"],
        months_in_support=14,
        education="upper_secondary",
        occupation="job_seeking",
        need_groups=["none_specific"],
    )


def _flushed() -> float:
    with TemporaryFile(dir=Path(settings.FINSAM_HOME)) as file:
        begun = time.perf_counter()
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())
        return time.perf_counter() - begun
