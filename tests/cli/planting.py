"""Puts an edition that leaks into the home it is run in, as nothing of ours would make it."""

import os

import django


def main() -> None:
    """Plant it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from finsam.disclosure.cells import SUPPRESSED, Cell
    from finsam.editions.models import Edition
    from finsam.editions.stored import places
    from finsam.snapshots.models import Snapshot
    from tests import factories
    from tests.editions.test_stored import content, table

    snapshot = Snapshot.objects.order_by("pk")[0]
    written = places.write(content(table(Cell(8), SUPPRESSED, Cell(12))), lambda name, done, total: None)
    Edition.objects.create(
        identifier=written.identifier,
        digest=written.digest,
        report="national-annual",
        year=2020,
        snapshot=snapshot,
        threshold=5,
        zeros_published=True,
        software="finsam 0",
        state="reviewed",
        compiled_at=factories.NOW,
        reviewed_at=factories.NOW,
    )


if __name__ == "__main__":
    main()
