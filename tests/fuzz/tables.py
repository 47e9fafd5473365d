"""Tables that lie, made of real ones: divided text, spreadsheets, and what another agency returns."""

import csv
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from tests.fuzz import texts

REFERENCE = Path(__file__).parents[1] / "reference" / "participants_2016_2020.csv"
CODES = """list,code,label,label_en,parent,first_day,ends_before,source,verified
need_group,invented,Påhittad,Invented,,2021-01-01,,Provet,nej
need_group,other_one,Annan,Other,,2021-01-01,2022-01-01,"Provet, sidan 2",ja
need_group,third,Tredje,Third,,2022-01-01,,Provet,nej
""".encode()
DENOMINATORS = """year;support;recipients;source;as_of
2018;sickness_benefit;591000;Försäkringskassan, statistik;2021-02-01
2019;sickness_benefit;573000;Försäkringskassan, statistik;2021-02-01
2019;activity_compensation;33000;Försäkringskassan, statistik;2021-02-01
""".encode()
RETURNED = "\n".join(
    ["code,age,days_in_benefit,diagnosis", *(f"{one:064x},{20 + one},{100 * one},F32.1" for one in range(20))]
).encode()
PUBLISHED = REFERENCE.read_bytes()

Lie = Callable[[random.Random, bytes], bytes]
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1252", "cp037")
INSERTED: Sequence[bytes] = (
    b"\0", b'"', b'""', b"'", b"\r", b"\n\r", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\x1a", b"=1+1", b"9" * 5000,
    b"x" * 131_073, b"x" * 200_000, b'"' + b"x\n" * 100_000, b";" * 30_000, b"," * 30_000, b"\t" * 30_000,
    b"\n" * 150_000, b"%s %(row)s", b"\x1b[2J",
)  # fmt: skip
FIRST = (b"sep=;\n", b'sep="\n', b"sep=\r\n", b"sep=\n\n", b"sep=xx\n", b"sep=\0\n", b"sep= \n", b"\n" * 50, b";;;\n",
         b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xef\xbb\xbf\xef\xbb\xbf")  # fmt: skip


def inserted(draw: random.Random, content: bytes) -> bytes:
    place = draw.randrange(len(content))
    return content[:place] + draw.choice(INSERTED) + content[place:]


def before(draw: random.Random, content: bytes) -> bytes:
    return draw.choice(FIRST) + content


def swapped(draw: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True) or [b"\n"]
    one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines[draw.choice([0, 0, 1]) :])


def doubled(draw: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True) or [b"\n"]
    return b"".join(lines + [draw.choice(lines)] * draw.choice([1, 2, 1000]))


def field(draw: random.Random, content: bytes) -> bytes:
    """A field is another."""
    lines = content.splitlines() or [b""]
    place = draw.randrange(len(lines))
    divider = b";" if b";" in lines[0] else b","
    fields = lines[place].split(divider)
    value = draw.choice(texts.VALUES)
    fields[draw.randrange(len(fields))] = str(value).encode("utf-8", "surrogatepass")
    lines[place] = divider.join(fields[: draw.choice([100, 100, 2])])
    return b"\n".join(lines)


def encoded(draw: random.Random, content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode(draw.choice(ENCODINGS), "replace")


def divided(draw: random.Random, content: bytes) -> bytes:
    old = b";" if b";" in content else b","
    return content.replace(old, draw.choice([b";", b",", b"\t", b"|", b" ", b"\0", b"\r", b'"']))


TEXT: tuple[Lie, ...] = (
    inserted, inserted, inserted, before, swapped, doubled, field, field, encoded, divided, texts.flipped, texts.broken,
)  # fmt: skip


def text(draw: random.Random, content: bytes) -> bytes:
    """A text that lies, once or twice over."""
    for _ in range(draw.choice([1, 1, 2])):
        content = draw.choice(TEXT)(draw, content or b"\n")
    return content


def spreadsheet(content: bytes) -> bytes:
    """The same table as a spreadsheet."""
    held = io.BytesIO()
    with Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        lines = content.decode().splitlines()
        for row, fields in enumerate(csv.reader(lines, delimiter=";" if ";" in lines[0] else ",")):
            sheet.write_row(row, 0, fields)
    return held.getvalue()


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
PARTS = (SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels")
CELLS = (  # what stands for the first cell of a sheet
    b'<c r="XFD1048576" t="s"><v>0</v></c><c r="A1"',
    b'<c r="ZZZZZZ1"',
    b'<c r="A99999999999"',
    b'<c r=""',
    b'<c r="A1"><v>1e309</v></c><c r="B1"',
    b'<c r="A1" t="d"><v>0000-00-00</v></c><c r="B1"',
    b'<c r="A1" s="99999"><v>1</v></c><c r="B1"',
    b'<c r="A1" t="inlineStr"><is><t>' + b"x" * 1_000_000 + b'</t></is></c><c r="B1"',
)


def bomb(megabytes: int) -> bytes:
    """A spreadsheet whose words unpack to so many megabytes."""
    held = io.BytesIO(repacked(spreadsheet(PUBLISHED), {}, without=STRINGS))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as book, book.open(STRINGS, "w") as words:
        words.write(b"<sst><si><t>")
        for _ in range(megabytes):
            words.write(b"x" * 2**20)
    return held.getvalue()


def far(content: bytes) -> bytes:
    """A spreadsheet that says it has as many cells as one can have."""
    return changed(content, SHEET, lambda held: held.replace(b'<c r="A1"', CELLS[0], 1))


def repacked(content: bytes, parts: dict[str, bytes], without: str = "") -> bytes:
    """A spreadsheet with other parts, or without one."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted({*old.namelist()} - {without}):
            new.writestr(name, parts.get(name, old.read(name)))
    return held.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A spreadsheet with a part of it changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return repacked(content, {part: change(book.read(part))})


def sheet(draw: random.Random, content: bytes) -> bytes:
    """A spreadsheet that lies."""
    part = draw.choice(PARTS)
    return draw.choice(
        [
            lambda: texts.broken(draw, content),
            lambda: texts.flipped(draw, content),
            lambda: changed(content, part, lambda held: texts.broken(draw, held)),
            lambda: changed(content, part, lambda held: texts.flipped(draw, held)),
            lambda: changed(content, SHEET, lambda held: held.replace(b'<c r="A1"', draw.choice(CELLS), 1)),
            lambda: changed(content, STRINGS, lambda held: held.replace(b"<si>", b"<si>" * 100_000, 1)),
            lambda: changed(content, SHEET, lambda held: held.replace(b"<v>0</v>", b"<v>99999999</v>", 1)),
            lambda: repacked(
                content, {part: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"x" * 9999 + b'">]>'}
            ),
        ]
    )()
