"""What a long command says of how far it has come."""

import pytest

from finsam.cli.terminal import Steps


def test_each_step_is_said_once_however_often_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A log of thousands of equal lines hides the one that matters."""
    tell = Steps()
    for words, percent in (("skyddar", 1), ("skyddar", 2), ("skyddar", 3), ("skriver", 90), ("skyddar", 95)):
        tell(words, percent)
    assert capsys.readouterr().err.splitlines() == ["… skyddar", "… skriver", "… skyddar"]
