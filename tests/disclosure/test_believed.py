"""What anybody takes for true is used where it happens to be so, and nowhere else."""

from finsam.disclosure.attack.examination import examine
from finsam.disclosure.cells import Counts, Rule
from finsam.disclosure.protect import Release, protect
from finsam.disclosure.relations import Relation, adds_up, at_most, holding
from tests.disclosure.publications import at, counts, marks

RULE = Rule()
WHOLE = adds_up(at("county", "c"), at("associations", "a"), at("associations", "b"))


def places(county: int) -> dict[str, Counts]:
    """Two associations that lie in one county, and those who live there."""
    return {
        "county": counts("county", f"county | persons\nc | {county}\nd | 300"),
        "associations": counts("associations", "association | persons\na | 3\nb | 40"),
    }


def let_out(tables: dict[str, Counts], *believed: Relation) -> Release:
    return protect(tables, [], RULE, believed=believed)


def test_a_county_that_is_the_sum_of_its_associations_gives_none_away() -> None:
    out = let_out(places(43), WHOLE)
    assert marks(let_out(places(43))["associations"]) == {"a": "··", "b": "40"}
    assert {marks(out["county"])["c"], marks(out["associations"])["b"]} > {"··"}
    assert not examine(out.tables.values(), out.relations, RULE).leaks


def test_where_somebody_lives_elsewhere_the_guess_is_wrong_and_hides_nothing() -> None:
    out = let_out(places(44), WHOLE)
    assert (marks(out["county"])["c"], marks(out["associations"])["b"]) == ("44", "40")
    assert WHOLE not in out.relations


def test_an_intruder_who_guesses_right_finds_what_is_not_protected_so() -> None:
    out = let_out(places(43))
    assert examine(out.tables.values(), [WHOLE], RULE).leaks == ("associations",)


def test_a_relation_with_a_figure_that_nobody_registered_is_left_aside() -> None:
    assert list(holding([WHOLE], {at("county", "c"): 43, at("associations", "b"): 40})) == []
    assert list(holding([at_most(at("x", "a"), at("x", "b"))], {at("x", "a"): 2, at("x", "b"): 1})) == []


def test_those_who_went_on_are_of_the_sex_they_were() -> None:
    """29 women were ongoing of whom 20 are new: nine went on, so of eleven the year before at most two were men."""
    table = counts(
        "t",
        """
        year | flow    | sex   | persons
        2018 | ongoing | women | 9
        2018 | ongoing | men   | 2
        2018 | ongoing | total | 11
        2019 | ongoing | women | 29
        2019 | new     | women | 20
        """,
        additive=["sex"],
    )
    went_on = Relation(
        (
            (1, at("t", "2018", "ongoing", "women")),
            (-1, at("t", "2019", "ongoing", "women")),
            (1, at("t", "2019", "new", "women")),
        ),
        at_least=True,
    )
    blind = protect({"t": table}, [], RULE)
    assert marks(blind["t"])["2018 ongoing total"] == "11"
    assert examine(blind.tables.values(), [went_on], RULE).leaks == ("t",)
    out = protect({"t": table}, [], RULE, believed=[went_on])
    assert not examine(out.tables.values(), out.relations, RULE).leaks
