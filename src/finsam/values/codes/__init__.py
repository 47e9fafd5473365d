"""The first edition of every dated code list; a migration copies it to the table where people maintain it."""

from collections.abc import Mapping
from types import MappingProxyType

from finsam.values.codes.directions import DIRECTIONS
from finsam.values.codes.education import EDUCATION
from finsam.values.codes.end_reasons import END_REASONS
from finsam.values.codes.given_by import GIVEN_BY
from finsam.values.codes.kinds import KINDS
from finsam.values.codes.methods import METHODS
from finsam.values.codes.need_groups import NEED_GROUPS
from finsam.values.codes.occupations import OCCUPATIONS
from finsam.values.codes.rows import CodeList, CodeRow
from finsam.values.codes.supports import SUPPORTS

__all__ = ["LISTS", "CodeList", "CodeRow"]

LISTS: Mapping[str, CodeList] = MappingProxyType(
    {
        codes.key: codes
        for codes in (
            KINDS, DIRECTIONS, METHODS, NEED_GROUPS, SUPPORTS, EDUCATION, OCCUPATIONS, END_REASONS, GIVEN_BY,
        )
    }
)  # fmt: skip
