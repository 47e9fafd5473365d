"""Without persons everyone is a head, once a year, and the number of participants in all stays what was published."""

from finsam.demo import heads_only
from finsam.demo.drawing.records import AS_OF, Plan
from tests.demo import counting


def test_everyone_is_counted_once_a_year_beside_those_counted_already(plan: Plan) -> None:
    heads = heads_only.counted(plan)
    assert not heads.stays
    assert not heads.humans
    found = [counting.heads(heads, AS_OF, 2020, "individual", source) for source in ("anonymous", "volume")]
    assert found == [2113 + 17454, 5300]


def test_nothing_else_changes(plan: Plan) -> None:
    heads = heads_only.counted(plan)
    assert heads.associations == plan.associations
    assert [one.name for one in heads.interventions] == [one.name for one in plan.interventions]
    for before, after in zip(plan.interventions, heads.interventions, strict=True):
        assert before.method == "identified" or before.heads == after.heads
        assert len({(row.year, row.source) for row in after.heads}) == len(after.heads)
