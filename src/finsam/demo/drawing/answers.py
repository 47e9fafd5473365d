"""What is answered at registration in and out: supports, need groups, education, occupation and reasons."""

from collections.abc import Mapping
from random import Random
from typing import Final

from finsam.demo.drawing.moments import drawn
from finsam.demo.drawing.records import ACTIVITY, SICKNESS

NONE: Final = "none"
SICK: Final[Mapping[tuple[str, ...], float]] = {(SICKNESS[0],): 78, (SICKNESS[1],): 14, SICKNESS: 8}
OTHER: Final[Mapping[str, float]] = {
    "social_assistance": 43, "unemployment_benefit": 9, "activity_grant": 16, "sickness_compensation": 5,
    "establishment_benefit": 6, "student_aid": 3, "other_support": 4, NONE: 14,
}  # fmt: skip
BESIDE: Final[Mapping[str, float]] = {"social_assistance": 70, "activity_grant": 20, "sickness_compensation": 10}
SECOND_SHARE: Final = 0.09  # how many have another support beside the first

AFTER_KEPT: Final = 0.52  # how many have the same support when they leave
AFTER: Final[Mapping[str, float]] = {
    NONE: 52, "activity_grant": 12, "social_assistance": 10, "student_aid": 8, "sickness_compensation": 6,
    "unemployment_benefit": 6, SICKNESS[0]: 4, "other_support": 2,
}  # fmt: skip

NEEDS: Final[Mapping[str, Mapping[str, float]]] = {
    "sickness": {"long_term_sick": 82, "mental_ill_health": 13, "none_specific": 5},
    "activity": {"young_with_activity_compensation": 90, "mental_ill_health": 7, "none_specific": 3},
    "both": {"young_with_activity_compensation": 60, "long_term_sick": 40},
    "other": {
        "social_assistance": 34, "unemployed_long_term": 22, "mental_ill_health": 20, "newly_arrived": 9,
        "young_with_disability": 8, "none_specific": 7,
    },
}  # fmt: skip
SECOND_NEED_SHARE: Final = 0.3
YOUNG: Final = 30  # before this age someone can be one of the young

EDUCATION: Final[Mapping[str, float]] = {
    "none_completed": 9, "compulsory": 30, "upper_secondary": 41, "post_secondary": 15, "unknown": 5,
}  # fmt: skip
OCCUPATION: Final[Mapping[str, float]] = {"work": 9, "studies": 6, "job_seeking": 24, "other": 61}
OCCUPATION_AFTER: Final[Mapping[str, float]] = {"work": 24, "studies": 11, "job_seeking": 27, "other": 38}
WITH_EXTENT: Final = frozenset({"work", "studies"})
EXTENT: Final[Mapping[int, float]] = {25: 25, 50: 35, 75: 12, 100: 28}
END_REASON: Final[Mapping[str, float]] = {
    "completed": 62, "illness": 14, "own_choice": 9, "moved": 5, "parental_leave": 4, "deceased": 0.2, "other": 6,
}  # fmt: skip


def supports(rng: Random, group: str) -> tuple[str, ...]:
    """The supports at start of someone in a counted group ("sickness", "activity", "both") or in none ("other")."""
    match group:
        case "sickness":
            found = drawn(rng, SICK)
        case "activity":
            found = (ACTIVITY,)
        case "both":
            found = (ACTIVITY, SICKNESS[0])
        case _:
            found = (drawn(rng, OTHER),)
    if found != (NONE,) and rng.random() < SECOND_SHARE:
        found = (*found, drawn(rng, BESIDE))
    return tuple(sorted(set(found)))


def supports_after(rng: Random, before: tuple[str, ...]) -> tuple[str, ...]:
    """The supports at the end."""
    return before if rng.random() < AFTER_KEPT else (drawn(rng, AFTER),)


def needs(rng: Random, group: str, age: int) -> tuple[str, ...]:
    """The need groups of a person; the young ones only while young."""
    first = drawn(rng, NEEDS[group])
    second = drawn(rng, NEEDS["other"]) if rng.random() < SECOND_NEED_SHARE else first
    found = {need for need in (first, second) if age < YOUNG or need != "young_with_disability"}
    if len(found) > 1:
        found.discard("none_specific")
    return tuple(sorted(found)) or ("none_specific",)


def occupation(rng: Random, odds: Mapping[str, float]) -> tuple[str, int | None]:
    """An occupation and its extent in percent of full time."""
    found = drawn(rng, odds)
    return found, drawn(rng, EXTENT) if found in WITH_EXTENT else None


def months_in_support(rng: Random, group: str, age: int) -> int:
    """How long someone had needed public support: never longer than since the age of sixteen."""
    mean = 20 if group == "other" else 34
    return min(int(rng.expovariate(1 / mean)), (age - 16) * 12)
