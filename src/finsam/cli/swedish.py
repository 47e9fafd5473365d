"""Commands whose help and refusals are in Swedish, as the rest of the product."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class DayType(click.ParamType[Any]):
    """A day written as 2021-03-31."""

    name = "DATUM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"”{value}” är inget datum. Skriv som 2021-03-31.", param, ctx)


class NumberType(click.ParamType[Any]):
    """A whole number between two others."""

    def __init__(self, name: str, least: int, most: int) -> None:
        self.name, self.least, self.most = name, least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number."""
        if not str(value).isdecimal() or not self.least <= int(value) <= self.most:
            self.fail(f"”{value}” går inte. Skriv ett heltal från {self.least} till {self.most}.", param, ctx)
        return int(value)


class ChoiceType(click.ParamType[Any]):
    """One of a few words."""

    def __init__(self, name: str, *words: str) -> None:
        self.name, self.words = name, words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the word."""
        if value not in self.words:
            self.fail(f"”{value}” går inte. Välj {' eller '.join(self.words)}.", param, ctx)
        return str(value)


class FileType(click.ParamType[Any]):
    """A file or folder."""

    def __init__(self, name: str, *, must_exist: bool = False) -> None:
        self.name, self.must_exist = name, must_exist

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Read the path."""
        path = Path(value)
        if self.must_exist and not path.is_file():
            self.fail(f"Filen {value} finns inte. Kontrollera namnet.", param, ctx)
        return path


DAY, YEAR, PORT = DayType(), NumberType("ÅR", 2005, 2100), NumberType("PORT", 1, 65535)
ENGINE = ChoiceType("MOTOR", "duckdb", "spark")
LANGUAGE = ChoiceType("SPRÅK", "sv", "en")
FOLDER, NEW_FILE, OLD_FILE = FileType("MAPP"), FileType("FIL"), FileType("FIL", must_exist=True)

THRESHOLD = click.option(
    "--threshold",
    type=NumberType("ANTAL", 1, 1000),
    help="Dölj antal personer under det här. Utan: som installationen, som aldrig underskrids.",
)
HIDE_ZEROS = click.option("--hide-zeros", is_flag=True, help="Dölj också nollor.")


class Command(click.Command):
    """A command with its help in Swedish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[VAL]", **kwargs})

    def invoke(self, ctx: click.Context) -> Any:
        """Make Django ready for a command that is run; help does without, and shows at once."""
        if not isinstance(self, click.Group):
            import django

            django.setup()
        return super().invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how the command is written."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Så här: ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Visa den här hjälpen."
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        options = (one for one in self.get_params(ctx) if isinstance(one, click.Option))
        records = [record for one in options if (record := one.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("Val"):
                formatter.write_dl([(name, words.replace("[required]", "(måste anges)")) for name, words in records])


class Group(Command, click.Group):
    """A group of commands with its help in Swedish."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "KOMMANDO [ARGUMENT]...", **kwargs})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer needs them, as they were added."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command by its name."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            ctx.fail(f"Kommandot ”{args[0]}” finns inte.")
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options."""
        rows = [(name, one.get_short_help_str(90)) for name, one in self.commands.items()]
        with formatter.section("Kommandon"):
            formatter.write_dl(rows)
        Command.format_options(self, ctx, formatter)


Group.group_class = Group


def sentence(fault: click.ClickException) -> str:
    """What was wrong with how the command was written."""
    match fault:
        case click.NoSuchOption():
            return f"Valet {fault.option_name} finns inte."
        case click.MissingParameter():
            missing = fault.param.get_error_hint(fault.ctx) if fault.param and fault.ctx else ""
            return f"{missing.replace(chr(39), '')} saknas."
        case click.BadParameter():
            return str(fault.message)
        case click.BadOptionUsage():
            return f"Valet {fault.option_name} är ofullständigt: skriv ett värde efter det."
    return str(fault.message)


def argument(name: str, kind: click.ParamType[Any]) -> Callable[[F], F]:
    """A required argument, named in the help."""
    return click.argument(name, type=kind, metavar=kind.name)
