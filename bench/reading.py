"""Reading open tables as somebody signed in, in a process of its own: what pages there are, and what each costs."""

from time import process_time
from typing import Any, Final

from django.test import Client

from finsam.access.models import User
from finsam.associations.models import Association
from finsam.demo.users import PASSWORD

EMAIL: Final = "anna@finsam.example"
EMPTY: Final = "/tabeller/finns-inte/"
TABLES: Final = (
    "work_associations/?place={place}",
    "work_nation/",
    "persons_counties/?rows=county&columns=sex&under=age_band&measure=ongoing",
    "registered_associations/",
    "supports_counties/?rows=support&columns=measure&place=01&show=column",
)


def facts() -> dict[str, Any]:
    """What a reader needs: who signs in, and the addresses."""
    return {"email": EMAIL, "password": PASSWORD, "addresses": addresses()}


def addresses() -> list[str]:
    """Some open tables, small and large."""
    place = Association.objects.order_by("number").values_list("number", flat=True)[0]
    return [f"/tabeller/{one.format(place=place)}" for one in TABLES]


def costs(rounds: str) -> list[tuple[str, float]]:
    """Ask for each page in turn so many times; gives the processor's seconds for one, of the empty page first."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=EMAIL))
    pages = [EMPTY, *addresses()]
    for page in pages:
        client.get(page)  # the first reading of a table reads its file
    spent = dict.fromkeys(pages, 0.0)
    for _ in range(int(rounds)):
        for page in pages:
            begun = process_time()
            client.get(page)
            spent[page] += process_time() - begun
    return [(page, seconds / int(rounds)) for page, seconds in spent.items()]
