"""Enrols in the home it is run in until it is ended: those who are there and others, at another controller too."""

import os
from datetime import date, timedelta
from itertools import count

import django


def main() -> None:
    """Enrol on and on, and print how many times."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from finsam.associations.models import Association
    from finsam.participants.models import Person
    from finsam.values.identity import IdentityNumber, shifted
    from tests import factories
    from tests.participants import people

    factories.numbers = count(1_000)  # those before are the addresses of users who are there
    where = Association.objects.order_by("pk")[0]
    parties = [factories.agency(), factories.service()]
    places = [factories.intervention(where, controller=party) for party in parties]
    registrars = [factories.actor(factories.registrar(place)) for place in places]
    known = [one.open_number() for one in Person.objects.order_by("-pk")]
    fresh = (shifted(date(1970, 1, 1) + timedelta(days=day), 101) for day in count())
    for times in count(1):
        number = known.pop() if known else next(fresh)
        for place, registrar in zip(places, registrars, strict=True):
            people.participation(place, registrar, who=IdentityNumber(number))
        print(times, flush=True)


if __name__ == "__main__":
    main()
