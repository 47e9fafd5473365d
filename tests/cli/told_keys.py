"""Tells of the home it is run in whose keys each row is under, and whether every human is there once."""

import json
import os
from collections import Counter

import django


def main() -> None:
    """Print the ids of the keys that are in use, and how many rows, humans and pseudonyms there are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from finsam.participants.models import Person, Pseudonym

    rows = [(row.blind_index, row.sealed_number) for row in Person.history.order_by("pk")]
    persons = list(Person.objects.order_by("pk"))
    at_controllers = Counter((one.controller_id, one.open_number()) for one in persons)
    print(
        json.dumps(
            {
                "index": sorted({index.rpartition(":")[0] or "1" for index, _ in rows}),
                "encryption": sorted({bytes(sealed)[1:2].decode() for _, sealed in rows}),
                "persons": len(persons),
                "twice": sum(times > 1 for times in at_controllers.values()),
                "humans": len({one.open_number() for one in persons}),
                "pseudonyms": Pseudonym.objects.exclude(blind_index=None).count(),
                "led_to": len({one.pseudonym_id for one in persons}),
            }
        )
    )


if __name__ == "__main__":
    main()
