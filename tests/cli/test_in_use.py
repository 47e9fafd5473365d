"""While a home is served nothing makes it, fills it or upgrades it, and nobody else serves it."""

import pytest
from django.core.exceptions import ValidationError

from finsam.cli.home import in_use
from tests.cli.homes import Home, refused

SERVED = "är i bruk: finsam serve körs på det"


@pytest.mark.parametrize("command", ["init", "demo", "upgrade", "restore"])
def test_a_home_that_is_served_is_left_alone(prepared: Home, command: str) -> None:
    copy = prepared.folder.parent / "home.tar"
    assert prepared.run("backup", copy).returncode == 0, "a copy may be taken meanwhile"
    before = prepared.files()
    with in_use.serving(prepared.folder):
        assert SERVED in refused(prepared.run(command, *([copy] if command == "restore" else [])))
        with pytest.raises(ValidationError, match=SERVED), in_use.serving(prepared.folder):
            raise AssertionError("served twice")
    assert prepared.files() - before == {in_use.SERVING}
    assert SERVED not in prepared.run(command, *([copy] if command == "restore" else [])).stderr
