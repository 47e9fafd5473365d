"""Where the key file lies is said when it lies badly, and that nothing is sealed where nobody is registered."""

from pathlib import Path
from typing import Any

import pytest

from finsam.access.models import Installation
from finsam.cli.home import key_place
from tests import factories
from tests.cli.homes import Home, refused


@pytest.mark.django_db
@pytest.mark.parametrize(
    "case",
    [
        ("home/keys.json", False, True),
        ("home/in/a/folder/keys.json", False, True),
        ("keys.json", False, True),
        ("apart/keys.json", False, False),
        ("home/keys.json", True, False),
    ],
    ids=["in the home", "deep in the home", "beside it", "elsewhere", "in a demo"],
)
def test_keys_that_lie_with_a_real_home_are_warned_of(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str], case: tuple[str, bool, bool]
) -> None:
    keys, is_demo, warned = case
    now = factories.NOW
    Installation.objects.create(pk=1, is_demo=is_demo, fixed_today=now.date(), created_at=now, version="0")
    settings.FINSAM_KEYS = tmp_path / keys
    key_place.warn_beside(tmp_path / "home")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert [line.startswith("Varning: nyckelfilen") for line in shown.err.splitlines()] == [True] * warned


@pytest.mark.without_participants
def test_where_no_persons_are_registered_nothing_is_sealed(prepared: Home) -> None:
    assert "rummet participants är utelämnat" in refused(prepared.run("keys", "rotate"))
