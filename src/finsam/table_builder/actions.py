"""What may be done with open tables: keep a view of one as a bookmark, and take the bookmark away."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.http import urlencode

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.table_builder import open_queries
from finsam.table_builder.models import Bookmark

if TYPE_CHECKING:
    from finsam.table_builder.open_queries import OpenTable


@transaction.atomic
def save_bookmark(*, actor: Actor, table: "OpenTable", data: Mapping[str, str], name: str) -> Bookmark:
    """Keep a view of a table under a name, as its address says: what that leaves open goes on with the collection.

    Refused when the table doesn't have what the address asks for.
    """
    actor.require(Permission.SEE_REPORTS)
    names = open_queries.open_choice(actor=actor, table=table, data=data).address()
    choice = urlencode([(one, data[one]) for one in names if data.get(one)])
    row = Bookmark(user_id=actor.user_id or 0, name=name, table=table.declared.name, choice=choice, saved_at=actor.at)
    audit.write(actor, "reporting.save_bookmark", row)
    return row


@transaction.atomic
def discard_bookmark(*, actor: Actor, pk: int) -> None:
    """Take away a bookmark of one's own."""
    actor.require(Permission.SEE_REPORTS)
    row = Bookmark.objects.filter(user_id=actor.user_id or 0).get(pk=pk)
    audit.remove(actor, "reporting.discard_bookmark", row)
