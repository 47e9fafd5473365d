"""What we, or a program that we ask, have written is read back from the disk by whoever finds it damaged there."""

import base64
import json
import random
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from itertools import product
from pathlib import Path

import click
import pytest
from django import forms
from django.core.exceptions import BadRequest, ImproperlyConfigured, ValidationError
from django.test import RequestFactory

from finsam.associations.models import Municipality
from finsam.cli import main
from finsam.cli.commands import OLD_FILE
from finsam.config import keys
from finsam.disclosure.cells import Rule
from finsam.editions.argus import files
from finsam.snapshots import engines, folders, storage
from finsam.web.paging import page_of
from tests.disclosure.publications import crossed
from tests.fuzz import tables, texts
from tests.snapshots import folders as invented

TIMES = 50
KEYS = {
    "secret_key": "s" * 50,
    "encryption": {"current": "1", "keys": {"1": base64.b64encode(b"e" * 32).decode()}},
    "blind_index": base64.b64encode(b"b" * 32).decode(),
}


def spoiled(draw: random.Random, content: bytes) -> bytes:
    """Broken, with another value somewhere, or something else altogether."""
    if draw.random() < 0.5:
        return draw.choice([texts.broken, texts.flipped, texts.line])(draw, content)
    facts = json.loads(content)
    key = draw.choice(list(facts))
    if draw.random() < 0.3:
        del facts[key]
    else:
        facts[key] = draw.choice(texts.VALUES)
    return json.dumps(facts).encode()


def all_of(name: str, seed: int, content: bytes, read: Callable[[bytes], object], *refusals: type[Exception]) -> None:
    """Have all that is made of a content read; whatever is not read as what it is gives one of the refusals."""
    read(content)
    draw, answers = random.Random(seed), Counter[str]()
    for _ in range(TIMES):
        try:
            read(spoiled(draw, content))
            answers["read"] += 1
        except refusals as fault:
            answers["refused" if str(fault) else "refused without a word"] += 1
    print(f"\n{name}: {TIMES} files, {dict(answers)}")
    assert not answers["refused without a word"]
    assert answers["refused"] > TIMES / 3


def test_a_damaged_key_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"

    def read(content: bytes) -> object:
        file.write_bytes(content)
        return keys.read(file)

    for deep in (texts.DEEP, texts.DEEP + b"]" * 100_000, b'{"encryption":' * 100_000):
        with pytest.raises(ImproperlyConfigured, match=r"keys\.json"):
            read(deep)
    all_of("keys.json", 1, json.dumps(KEYS).encode(), read, ImproperlyConfigured)


def test_a_damaged_manifest_is_said_to_be_damaged(tmp_path: Path) -> None:
    place = invented.written(tmp_path / "2021-03-31-0123456789ab", 1)
    manifest = place / folders.MANIFEST

    def read(content: bytes) -> object:
        manifest.write_bytes(content)
        return storage.facts(place)

    all_of("manifest.json", 2, manifest.read_bytes(), read, ValidationError)


def test_a_damaged_table_of_a_snapshot_is_said_to_be_damaged(tmp_path: Path) -> None:
    place = invented.written(tmp_path / "2021-03-31-0123456789ab", 20)
    draw, refused = random.Random(3), 0
    for _ in range(10):
        name = draw.choice(["codes", "persons", "municipalities"])
        file = place / f"{name}.parquet"
        held = file.read_bytes()
        file.write_bytes(draw.choice([held[: len(held) // 2], b"", b"PAR1" * 100, held[:-40] + draw.randbytes(40)]))
        with pytest.raises(ValidationError, match="är skadad"), engines.tables(place):
            pass
        file.write_bytes(held)
        refused += 1
    print(f"\nparquet: {refused} files, all refused")


def test_whatever_is_changed_in_a_folder_is_found_by_its_digests(tmp_path: Path) -> None:
    made = folders.keep(tmp_path, "report-2020", [("a/b.csv", lambda: tables.PUBLISHED), ("c.json", lambda: b"{}")], {})
    place = tmp_path / made.identifier
    draw = random.Random(4)
    for _ in range(TIMES):
        file = place / draw.choice(["a/b.csv", "c.json", folders.MANIFEST])
        held = file.read_bytes()
        file.write_bytes(changed := texts.broken(draw, held))
        if changed != held:
            assert folders.faults(place, made.digest)
            assert not all(folders.file(place, made.digest, name) for name in ("a/b.csv", "c.json"))
        file.write_bytes(held)
    assert folders.faults(place, made.digest) == []
    print(f"\neditions: {TIMES} files, all found")


def test_an_answer_of_the_other_program_is_a_whole_one_or_none(tmp_path: Path) -> None:
    table = crossed("t", "row | x | y\na | 3 | 20\nb | 40 | 50")
    names = files.write(tmp_path, table, "persons", Rule())
    own = [
        ";".join([*(f'"{code}"' for code in codes), "1", "1", "1", "U"])
        for codes in product(*(n.values() for n in names))
    ]
    (tmp_path / files.ANSWER).write_text("\n".join(own), "utf-8")
    assert len(list(files.read(tmp_path, table, "persons", names))) == len(own)
    draw, refused = random.Random(5), 0
    for _ in range(TIMES):
        content = "\n".join(own).encode()
        (tmp_path / files.ANSWER).write_bytes(tables.text(draw, content))
        try:
            list(files.read(tmp_path, table, "persons", names))
        except files.AnswerError:
            refused += 1
    print(f"\nanswers: {TIMES} files, {refused} refused")
    assert refused > TIMES / 3


def test_what_an_address_carries_is_no_deeper_than_ours(db: None) -> None:
    for content in (texts.DEEP, b"[" * 300 + b"]" * 300, b"[NaN, 1]", b"[1" + b"0" * 10_000 + b", 1]"):
        mark = base64.urlsafe_b64encode(content).decode()
        request = RequestFactory().get("/", {"after": mark})
        with pytest.raises(BadRequest):
            page_of(Municipality.objects.all(), request, by=("name", "pk"), size=10)


def commands(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Every command, by what one writes."""
    found: dict[str, click.Command] = {}
    for name, one in group.commands.items():
        found |= commands(one, f"{before}{name} ") if isinstance(one, click.Group) else {f"{before}{name}": one}
    return found


def every_form(form: type[forms.BaseForm] = forms.BaseForm) -> set[type[forms.BaseForm]]:
    """Every form that has been loaded."""
    return {form}.union(*(every_form(one) for one in form.__subclasses__()))


def test_these_are_all_the_doors_by_which_a_file_comes_in() -> None:
    """Whoever adds one adds it here and to the fuzz; no page takes a file."""
    import_module("finsam.web.urls")  # and with it every page and its forms
    by_command = {
        name for name, one in commands(main.finsam).items() if any(par.type is OLD_FILE for par in one.params)
    }
    assert by_command == {"restore", "check-table", "denominators import", "codes import", "link read"}
    ours = [one for one in every_form() if one.__module__.startswith("finsam")]
    assert len(ours) > 20
    assert not [
        one for one in ours for field in getattr(one, "base_fields", {}).values() if field.widget.needs_multipart_form
    ]
