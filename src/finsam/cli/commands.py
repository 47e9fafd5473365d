"""Commands whose help and refusals are in the language of the command line, and not in English of click's own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from finsam.cli.language import LANGUAGE as SPOKEN
from finsam.cli.language import gettext as _

F = TypeVar("F", bound=Callable[..., Any])


class DayType(click.ParamType[Any]):
    """A day written as 2021-03-31."""

    name = _("DATUM")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(_("”%(text)s” är inget datum. Skriv som 2021-03-31.") % {"text": value}, param, ctx)


class NumberType(click.ParamType[Any]):
    """A whole number between two others."""

    def __init__(self, name: str, least: int, most: int) -> None:
        self.name, self.least, self.most = name, least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number."""
        if not str(value).isdecimal() or not self.least <= int(value) <= self.most:
            words = _("”%(text)s” går inte. Skriv ett heltal från %(least)s till %(most)s.")
            self.fail(words % {"text": value, "least": self.least, "most": self.most}, param, ctx)
        return int(value)


class ChoiceType(click.ParamType[Any]):
    """One of a few words."""

    def __init__(self, name: str, *words: str) -> None:
        self.name, self.words = name, words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the word."""
        if value not in self.words:
            words = _(" eller ").join(self.words)
            self.fail(_("”%(text)s” går inte. Välj %(words)s.") % {"text": value, "words": words}, param, ctx)
        return str(value)


class FileType(click.ParamType[Any]):
    """A file or folder."""

    def __init__(self, name: str, *, must_exist: bool = False) -> None:
        self.name, self.must_exist = name, must_exist

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Read the path."""
        path = Path(value)
        if self.must_exist and not path.is_file():
            self.fail(_("Filen %(file)s finns inte. Kontrollera namnet.") % {"file": value}, param, ctx)
        return path


DAY, YEAR, PORT = DayType(), NumberType(_("ÅR"), 2005, 2100), NumberType("PORT", 1, 65535)
ENGINE = ChoiceType(_("MOTOR"), "duckdb", "spark")
LANGUAGE = ChoiceType(_("SPRÅK"), "sv", "en")
FOLDER, NEW_FILE, OLD_FILE = FileType(_("MAPP")), FileType(_("FIL")), FileType(_("FIL"), must_exist=True)

THRESHOLD = click.option(
    "--threshold",
    type=NumberType(_("ANTAL"), 1, 1000),
    help=_("Dölj antal personer under det här. Utan: som installationen, som aldrig underskrids."),
)
HIDE_ZEROS = click.option("--hide-zeros", is_flag=True, help=_("Dölj också nollor."))


class Command(click.Command):
    """A command with its help in the language of the command line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": _("[VAL]"), **kwargs})

    def invoke(self, ctx: click.Context) -> Any:
        """Make Django ready for a command that is run; help does without, and shows at once."""
        if not isinstance(self, click.Group):
            import django
            from django.utils import translation

            django.setup()
            translation.activate(SPOKEN)  # for what the rooms say
        return super().invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how the command is written."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Så här: "))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Visa den här hjälpen.")
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        options = (one for one in self.get_params(ctx) if isinstance(one, click.Option))
        records = [record for one in options if (record := one.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(_("Val")):
                formatter.write_dl([(name, words.replace("[required]", _("(måste anges)"))) for name, words in records])


class Group(Command, click.Group):
    """A group of commands with its help in the language of the command line."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": _("KOMMANDO [ARGUMENT]..."), **kwargs})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer needs them, as they were added."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command by its name."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            ctx.fail(_("Kommandot ”%(command)s” finns inte.") % {"command": args[0]})
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options."""
        rows = [(name, one.get_short_help_str(90)) for name, one in self.commands.items()]
        with formatter.section(_("Kommandon")):
            formatter.write_dl(rows)
        Command.format_options(self, ctx, formatter)


Group.group_class = Group


def sentence(fault: click.ClickException) -> str:
    """What was wrong with how the command was written."""
    match fault:
        case click.NoSuchOption():
            return _("Valet %(option)s finns inte.") % {"option": fault.option_name}
        case click.MissingParameter():
            missing = fault.param.get_error_hint(fault.ctx) if fault.param and fault.ctx else ""
            return _("%(name)s saknas.") % {"name": missing.replace("'", "")}
        case click.BadParameter():
            return str(fault.message)
        case click.BadOptionUsage():
            words = _("Valet %(option)s är ofullständigt: skriv ett värde efter det.")
            return words % {"option": fault.option_name}
    return str(fault.message)


def argument(name: str, kind: click.ParamType[Any]) -> Callable[[F], F]:
    """A required argument, named in the help."""
    return click.argument(name, type=kind, metavar=kind.name)
