"""The keys of the rows a plan speaks of, once they are in the database."""

from dataclasses import dataclass, field

from finsam.access.models import Organisation
from finsam.associations.models import Municipality
from finsam.demo.drawing.records import Party


@dataclass(frozen=True)
class Keys:
    """From a plan's own names and numbers to primary keys."""

    parties: dict[Party, int]
    municipalities: dict[str, int]
    associations: list[int] = field(default_factory=list)
    interventions: list[int] = field(default_factory=list)


def shipped() -> Keys:
    """The parties and municipalities that every migrated home has."""
    parties = Organisation.objects.order_by("pk").values_list("kind", "code", "pk")
    places = Municipality.objects.order_by("pk").values_list("code", "pk")
    return Keys({Party(kind, code): pk for kind, code, pk in parties if code}, dict(places))
