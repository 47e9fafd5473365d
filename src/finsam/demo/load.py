"""Fills an empty, migrated home with the demo: draws the plan, writes it, takes its snapshot and links it."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from importlib.metadata import version

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import actions as access
from finsam.access import queries
from finsam.demo import heads_only, rooms, users
from finsam.demo.drawing import whole
from finsam.demo.drawing.records import AS_OF, STOCKHOLM, TODAY
from finsam.demo.keys import shipped
from finsam.snapshots import actions

SEED = 2021
OPENING = datetime.combine(TODAY, time(7), STOCKHOLM)  # when the demo was made, by its own calendar
RECIPIENTS = """\
year,support,recipients,source,as_of
2020,activity_compensation,36276,"Arbetsförmedlingen och Försäkringskassan, återrapport för 2020",2021-01-31
2020,sickness_benefit,679631,"Arbetsförmedlingen och Försäkringskassan, återrapport för 2020",2021-01-31
""".encode()

Tell = Callable[[str], None]


def silently(step: str) -> None:
    """Tell nobody how far the loading has come."""


def load(*, seed: int = SEED, progress: Tell = silently, detail: Tell = silently) -> None:
    """Fill a home that isn't declared yet. The same seed gives the same rows and the same snapshot."""
    actor = queries.system_actor(at=OPENING)
    with _no_collecting(), transaction.atomic():
        progress(_("drar påhittade personer"))
        plan = whole.draw(seed)
        with_persons = apps.is_installed("finsam.participants")
        if not with_persons:
            plan = heads_only.counted(plan)
        keys = shipped()
        progress(_("skriver förbund och insatser"))
        rooms.write(actor, plan, keys)
        if with_persons:
            from finsam.demo import people  # the room may be left out

            progress(_("skriver deltagare"))
            people.write(actor, plan, keys, detail)
        detail(_("skapar användare"))
        users.write(actor, keys)
        actions.import_denominators(actor=actor, content=RECIPIENTS)
    progress(_("tar ögonblicksbilden"))
    taken = actions.take(actor=actor, as_of=AS_OF, progress=detail)
    if apps.is_installed("finsam.participants"):
        from finsam.demo import described  # the room may be left out

        rows = described.rows(seed)
        actions.store_linkage(actor=actor, snapshot=taken, rows=rows, unknown=0, source=described.SOURCE)


def declare() -> None:
    """Say for good that the home is a demo, whose day stands still; refused when it is in use already."""
    access.prepare(actor=queries.system_actor(at=OPENING), version=version("finsam"), fixed_today=TODAY)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Rows live until they are written: looking for garbage among so many takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
