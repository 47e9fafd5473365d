"""Where counts stand that are in no table: by what they count."""

from finsam.disclosure.relations import Address
from finsam.statistics.relations.identity import Identity
from finsam.values.keys import written


def address(identity: Identity) -> Address:
    """Give a count a place of its own."""
    parts = (f"{name}={written(code)}" for name, code in identity.parts)
    return Address("counted", (identity.figure, identity.period, *parts), identity.what)
