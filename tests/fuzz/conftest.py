"""The homes of the command line's own tests, for files that are handed to whole commands."""

from tests.cli.conftest import empty, filled, filled_once, made, prepared

__all__ = ["empty", "filled", "filled_once", "made", "prepared"]
