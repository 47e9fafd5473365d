"""Says in a short sentence what was found to hold and is not declared: the fewest cells first."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from finsam.disclosure.relations import Address, Relation
from finsam.disclosure.solver import Line, model
from finsam.values.keys import written
from tests.relations.rank import Space, reduced, signed, table

MOST: Final = 12  # the largest denominator tried


def sentences(relations: Iterable[Relation]) -> list[str]:
    """Say relations, the shortest first, and of those that are alike only the first and how many there are."""
    alike: dict[tuple[object, ...], list[Relation]] = {}
    for relation in sorted(relations, key=lambda one: (len(one.terms), sorted(one.terms, key=str).__repr__())):
        kind = (*sorted((factor, cell.table, cell.figure) for factor, cell in relation.terms), relation.at_least)
        alike.setdefault(kind, []).append(relation)
    return [_said(ones[0]) + (f" ({len(ones)} like it)" if len(ones) > 1 else "") for ones in alike.values()]


def shortest(space: Space, declared: Sequence[Relation], missing: Sequence[int]) -> list[Relation]:
    """Give as many relations as are missing, each with a small sum of coefficients: one linear program each."""
    at = {place: number for number, place in enumerate(space.free)}
    lines = [space.line(one) for one in declared if not one.at_least]
    found = reduced(table([{at[p]: f for p, f in line.items() if p in at} for line in lines], len(at)))
    told: dict[int, Mapping[int, int]] = {}
    for place in missing:
        others = {space.free[p]: -signed(row[at[place]]) for p, row in zip(found.pivots, found.rows, strict=True)}
        told[place] = {place: 1} | {p: f for p, f in others.items() if f}
    chosen = [_shortest(space, told[place]) or space.relation(place) for place in missing]
    left = len(at) - len(found.pivots) - len(missing)
    if len(space.undeclared([*declared, *chosen])) == left:
        return chosen
    return [space.relation(place) for place in missing]  # some of the short ones say the same


def _shortest(space: Space, undeclared: Mapping[int, int]) -> Relation | None:
    """Give what holds everywhere and isn't told, of which the coefficients are the least in sum."""
    size = len(space.cells)
    lines = [Line(_both({p: int(n) for p, n in enumerate(row) if n}, size), 0.0, or_more=False) for row in space.basis]
    lines.append(Line(_both(undeclared, size), 1.0, or_more=False))
    asked = model([1e6] * 2 * size, [1.0] * 2 * size, lines)
    asked.run()
    values = asked.getSolution().col_value
    terms = {p: Fraction(values[p] - values[p + size]).limit_denominator(MOST) for p in range(size)}
    relation = space.written({place: factor for place, factor in terms.items() if factor} or {0: Fraction(1)})
    return relation if space.holds(relation) else None


def _both(line: Mapping[int, int], size: int) -> list[tuple[int, float]]:
    return [(p, float(f)) for p, f in line.items()] + [(p + size, -float(f)) for p, f in line.items()]


def _said(relation: Relation) -> str:
    turned = -1 if sum(factor for factor, _ in relation.terms) < 0 and not relation.at_least else 1
    sides: dict[bool, list[str]] = {True: [], False: []}
    for factor, cell in relation.terms:
        times = "" if abs(factor) == 1 else f"{abs(factor)} x "
        sides[factor * turned < 0].append(times + _cell(cell))
    sign = "<=" if relation.at_least else "="
    return f" {sign} ".join(" + ".join(sides[side]) or "0" for side in (True, False))


def _cell(cell: Address) -> str:
    return f"{cell.table} {cell.figure} ({', '.join(map(written, cell.key))})"
