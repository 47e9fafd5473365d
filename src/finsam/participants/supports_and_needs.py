"""The supports and need groups of a stay, rows of their own: what is chosen is there afterwards, and nothing else."""

from collections.abc import Sequence

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.participants.models import Need, Participation, Support


def choose_start(actor: Actor, participation: Participation, supports: Sequence[str], groups: Sequence[str]) -> None:
    """Let a stay have these supports before it, and its person these needs in it."""
    choose_supports(actor, participation, Support.Moment.START, supports)
    there = {row.need_group: row for row in participation.needs.order_by("pk")}
    for group in dict.fromkeys(groups):
        if group not in there:
            audit.write(actor, "participants.choose", Need(participation=participation, need_group=group))
    for group, row in there.items():
        if group not in groups:
            audit.remove(actor, "participants.choose", row)


def choose_supports(actor: Actor, participation: Participation, moment: str, supports: Sequence[str]) -> None:
    """Let a stay have these supports before it or after it."""
    there = {row.support: row for row in participation.supports.filter(moment=moment).order_by("pk")}
    for support in dict.fromkeys(supports):
        if support not in there:
            row = Support(participation=participation, moment=moment, support=support)
            audit.write(actor, "participants.choose", row)
    for support, row in there.items():
        if support not in supports:
            audit.remove(actor, "participants.choose", row)
