"""JSON that others wrote: read as what it is, or a ValueError whatever is wrong with it."""

import pytest

from finsam.values import nested


def test_what_we_write_is_read() -> None:
    assert nested.read(b'{"a": [1, "\xc3\xa5", null, 1.5]}') == {"a": [1, "å", None, 1.5]}
    assert nested.read("[" * nested.DEEPEST + "]" * nested.DEEPEST)
    assert len(nested.read("[" + "[]," * 200 + "[]]")) == 201


@pytest.mark.parametrize(
    "text",
    [
        "[" * 101 + "]" * 101,
        '{"a":' * 101 + "1" + "}" * 101,
        "[" * 100_000 + "]" * 100_000,
        "[NaN]",
        "[-Infinity]",
        "[1" + "0" * 10_000 + "]",
        "[1",
        "",
        b"\xff\xfe[\0]\0",
        "[" + "0," * 1_500_000 + "0]",
    ],
)
def test_what_is_too_deep_too_much_or_none_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds, all of them this one
        nested.read(text)
