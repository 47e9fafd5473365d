"""Titles that say what a diagram finds, made from cells that are shown; a hidden cell is never compared with."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from finsam.disclosure.protect import Cell
from finsam.publications.blocks import Group, Panel, Series
from finsam.publications.wording import listed, number
from finsam.statistics.derived.comparisons import Extreme, Trend, extreme, trend
from finsam.statistics.derived.shares import total as whole


def over_time(subject: str, categories: Sequence[str], series: Sequence[Series]) -> str:
    """Whether the newest figures are the highest or lowest of all, or more or fewer than those before."""
    if len(categories) < 2:
        return subject
    records = {extreme(one.cells) for one in series}
    ways = {trend(one.cells[-2], one.cells[-1]) for one in series}
    found = ""
    if len(series) == 1 and len(categories) > 2 and records != {None}:
        found = _("högst under perioden") if records == {Extreme.HIGHEST} else _("lägst under perioden")
    elif len(ways) == 1 and None not in ways:
        found = _way(ways.pop(), several=len(series) > 1) % {"before": categories[-2]}
    return f"{subject}: {found}" if found else subject


def _way(way: Trend | None, *, several: bool) -> str:
    if several:
        return {
            Trend.ROSE: _("fler än %(before)s i alla grupper"),
            Trend.FELL: _("färre än %(before)s i alla grupper"),
        }.get(way or Trend.UNCHANGED, _("lika många som %(before)s i alla grupper"))
    return {Trend.ROSE: _("fler än %(before)s"), Trend.FELL: _("färre än %(before)s")}.get(
        way or Trend.UNCHANGED, _("lika många som %(before)s")
    )


def of_ages(subject: str, ages: Sequence[str], sides: Sequence[Series]) -> str:
    """The most common age of each side, or of both when it is the same."""
    tops = [_largest(ages, one.cells) for one in sides]
    if any(len(top) != 1 for top in tops):
        return subject
    said = [top[0] for top in tops]
    whole = all(cell.value is not None for one in sides for cell in one.cells)
    words = {"first": said[0], "second": said[1], "one": sides[0].label.lower(), "other": sides[1].label.lower()}
    if said[0] == said[1]:
        sentence = _("%(first)s är vanligast i båda grupperna")
    else:
        sentence = _("%(first)s är vanligast bland %(one)s och %(second)s bland %(other)s")
    return sentence % words if whole else _of_shown(sentence % words)


def of_groups(subject: str, labels: Sequence[str], cells: Sequence[Cell]) -> str:
    """The largest of some groups, among those that are shown."""
    top = _largest(labels, cells)
    if len(top) != 1 or len(labels) < 2:
        return subject
    found = _("%(subject)s: flest i gruppen %(group)s") % {"subject": subject, "group": top[0]}
    return found if all(cell.value is not None for cell in cells) else _of_shown(found)


def of_transitions(subject: str, total: Cell, after: Sequence[Group]) -> str:
    """How many of all went to what one hopes for, when each of these figures is shown."""
    hoped = [group for group in after if group.hoped_for]
    if not hoped or not total.value or any(group.cell.value is None for group in hoped):
        return subject
    went = whole(group.cell for group in hoped)
    names = [group.label[:1].lower() + group.label[1:] for group in hoped]
    words = {"went": number(went), "all": number(total), "groups": listed(names).replace(_(" och "), _(" eller "))}
    if went.value == 0:
        return _("Ingen av %(all)s gick till %(groups)s") % words
    return _("%(went)s av %(all)s gick till %(groups)s") % words


def of_panels(subject: str, categories: Sequence[str], panels: Sequence[Panel]) -> str:
    """In how many of the small charts the figures rose from the first to the last, of those where both are shown."""
    ways = [way for panel in panels if len(panel.cells) == 1 and (way := trend(panel.cells[0][0], panel.cells[0][-1]))]
    if len(categories) < 2 or not ways:
        return subject
    words = {"subject": subject, "rose": ways.count(Trend.ROSE), "all": len(ways), "first": categories[0]}
    if words["rose"]:
        found = _("%(subject)s: fler än %(first)s i %(rose)s av %(all)s") % words
    else:
        found = _("%(subject)s: fler än %(first)s i ingen av %(all)s") % words
    return found if len(ways) == len(panels) else _of_shown(found)


def _of_shown(finding: str) -> str:
    return _("%(finding)s, av det som visas") % {"finding": finding}


def _largest(labels: Sequence[str], cells: Sequence[Cell]) -> list[str]:
    """The labels of the largest shown figure, more than one when several are as large; none when all are zero."""
    highest = max((cell.value for cell in cells if cell.value), default=None)
    return [label for label, cell in zip(labels, cells, strict=True) if highest and cell.value == highest]
