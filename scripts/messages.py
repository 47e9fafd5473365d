"""The English catalogue of the Swedish source texts: extract, check, compile. Babel does it; gettext isn't needed."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

import django
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "finsam"
ENGLISH: Final = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
WORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "ngettext_noop": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER: Final = (
    "# English texts of Finsam. The Swedish ones stand in the source; scripts/messages.py keeps the two together."
)


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("extract", "check", "compile"))
    what = parser.parse_args().what
    if what == "compile":
        compile_all()
    elif what == "extract":
        write(merged())
    elif faults := list(find_faults()):
        sys.exit("\n".join([*faults, "Run python -m scripts.messages extract and fill in what is missing."]))


def source_texts() -> Catalog:
    """Every text marked for translation in modules and templates, with the files it stands in (no line numbers)."""
    found = Catalog(locale="en")
    for path in sorted(
        [*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]
    ):
        where = str(path.relative_to(ROOT))
        for _line, text, comments, context in texts_of(path):
            found.add(text, locations=[(where, 0)], auto_comments=comments, context=context, flags=flags_of(text))
    return found


def texts_of(path: Path) -> Iterable[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """The marked texts of one file; a template is first turned into something Python-like by Django itself."""
    content = path.read_text("utf-8")
    if path.suffix != ".py":
        lines = template.templatize(content, origin=str(path)).splitlines()
        content = "\n".join(line.lstrip() for line in lines)  # a template's indentation means nothing in Python
    return extract("python", BytesIO(content.encode()), keywords=WORDS, comment_tags=("Translators:",))


def flags_of(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """Mark texts with named places, so that a translation that loses one is found."""
    return ("python-format",) if "%(" in "".join([text] if isinstance(text, str) else text) else ()


def merged() -> Catalog:
    """The catalogue with every text of the source and no other, keeping the translations it has."""
    catalogue = english()
    catalogue.update(source_texts(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def find_faults() -> Iterator[str]:
    """A sentence for each text that is missing, empty, no longer used or has lost a named place."""
    catalogue, wanted = english(), source_texts()
    for message in wanted:
        if message.id and not is_translated(catalogue.get(message.id, message.context)):
            yield f"Not in English: {message.id!r} ({', '.join(sorted({place for place, _ in message.locations}))})"
    for message in catalogue:
        if not message.id:
            continue
        if wanted.get(message.id, message.context) is None:
            yield f"No longer used: {message.id!r}"
        yield from (f"{message.id!r}: {fault}" for fault in message.check(catalogue))


def is_translated(message: Message | None) -> bool:
    """Whether every form of a text has its English words."""
    if message is None or message.fuzzy:
        return False
    return bool(message.string) if isinstance(message.string, str) else all(message.string or [""])


def english() -> Catalog:
    """The catalogue as it stands."""
    if not ENGLISH.exists():
        return Catalog(locale="en", header_comment=HEADER, project="Finsam", fuzzy=False)
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def write(catalogue: Catalog) -> None:
    """Write the catalogue, the same bytes for the same texts."""
    catalogue.header_comment, catalogue.fuzzy = HEADER, False
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, catalogue, sort_output=True, include_lineno=False, omit_header=False, width=110)
    lines = ENGLISH.read_text("utf-8").splitlines(keepends=True)
    dated = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid",
    )
    ENGLISH.write_text(
        "".join(line for line in lines if not line.startswith(tuple(f'"{word}' for word in dated))), "utf-8"
    )


def compile_all() -> None:
    """Compile every catalogue beside itself."""
    for source in sorted((SOURCE / "locale").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    django.setup()
    main()
