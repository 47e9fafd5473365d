"""`finsam link` from the key to the rows beside the snapshot, in a real home."""

import hashlib
import hmac
import subprocess
from datetime import date
from pathlib import Path

import pytest

from finsam.values.identity import shifted
from tests.cli.homes import Home, refused

pytestmark = [pytest.mark.once, pytest.mark.participants]
HEADER = "code,age,days_in_benefit,diagnosis"


def key_of(home: Home, file: Path) -> bytes:
    """A new key as the other agency gets it."""
    made = home.run("link", "key-file", "--out", file)
    assert not made.returncode, made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    key = bytes.fromhex(file.read_text("ascii").strip())
    trial = hmac.new(key, b"191212121212", hashlib.sha256).hexdigest()
    assert f"Prov: numret 191212121212 har koden {trial}" in made.stdout
    assert key.hex() not in made.stdout + made.stderr
    return key


def returned(file: Path, key: bytes, numbers: list[str], header: str = HEADER) -> Path:
    """What the other agency sends back."""
    codes = [hmac.new(key, number.encode(), hashlib.sha256).hexdigest() for number in numbers]
    lines = [header, *(f"{code},47,1061,F32.1" for code in codes)]
    file.write_text("\n".join(lines).replace(",", ";"), "utf-8-sig")
    return file


def numbers(count: int) -> list[str]:
    """The numbers of the first persons that `tests.cli.filling` enrols, which it draws in a process of its own."""
    return [shifted(date(1985, 1, 1), 2 * serial + (serial + 1) % 2) for serial in range(1, count + 1)]


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert not done.returncode, done.stderr
    return done.stderr


def test_a_linkage_from_the_key_to_the_rows_and_the_key_is_destroyed(filled: Home, tmp_path: Path) -> None:
    key = key_of(filled, tmp_path / "key")
    file = returned(tmp_path / "back.csv", key, [*numbers(10), "191212121212"])
    done = filled.run("link", "read", file, "--source", "Provet")
    assert "10 personer samkörda, 1 i filen men inte här, 2 här men inte i filen" in said(done)
    assert "är förstörd här" in done.stderr
    identifier = done.stdout.strip()
    assert (filled.folder / "linkages" / identifier / "linked.parquet").is_file()
    listed = filled.run("link", "list").stdout
    assert listed.startswith(f"{identifier}  ")
    assert "Provet" in listed
    assert "väntar" not in listed
    assert "Ingen nyckel väntar" in refused(filled.run("link", "read", file))


def test_a_file_that_cannot_be_read_leaves_everything_as_it_was_and_the_key_waiting(
    filled: Home, tmp_path: Path
) -> None:
    key = key_of(filled, tmp_path / "key")
    file = returned(tmp_path / "back.csv", key, numbers(3), header="code,age,days,diagnosis")
    assert "Filen ska ha kolumnerna" in refused(filled.run("link", "read", file))
    returned(file, key, [*numbers(1), *numbers(1)])
    assert "Rad 3: koden står också på rad 2" in refused(filled.run("link", "read", file))
    file.write_bytes(HEADER.encode("utf-16"))
    assert "inte text i UTF-8" in refused(filled.run("link", "read", file))
    returned(file, b"another key" * 3, numbers(3))
    assert "Ingen kod i filen hör till någon" in refused(filled.run("link", "read", file))
    assert "linkages" not in filled.files()
    assert "väntar på sin fil" in filled.run("link", "list").stdout


def test_a_key_is_not_written_over_a_file_and_can_be_discarded(filled: Home, tmp_path: Path) -> None:
    key_of(filled, tmp_path / "key")
    assert "finns redan" in refused(filled.run("link", "key-file", "--out", tmp_path / "key"))
    waiting = filled.run("link", "list").stdout
    assert waiting.count("väntar på sin fil") == 1
    fingerprint = waiting.split()[0]
    assert filled.run("link", "discard", fingerprint).stdout == f"Nyckeln {fingerprint} är förstörd.\n"
    assert "finsam link list" in refused(filled.run("link", "discard", fingerprint))


def test_a_linkage_comes_back_with_a_copy_of_the_home(filled: Home, other: Home, tmp_path: Path) -> None:
    key = key_of(filled, tmp_path / "key")
    stored = filled.run("link", "read", returned(tmp_path / "back.csv", key, numbers(4))).stdout.strip()
    assert not filled.run("backup", tmp_path / "copy.tar").returncode
    other.folder.mkdir(mode=0o700)
    (other.folder / "keys.json").write_bytes((filled.folder / "keys.json").read_bytes())
    assert not other.run("restore", tmp_path / "copy.tar").returncode
    line = other.run("link", "list").stdout
    assert line.startswith(stored)
    assert line.rstrip().endswith("hel")


def test_where_participants_is_left_out_there_is_nobody_to_link(prepared: Home, tmp_path: Path) -> None:
    without = prepared.but(FINSAM_WITHOUT="participants")
    for arguments in (["list"], ["key-file", "--out", tmp_path / "key"], ["discard", "abc"]):
        assert "rummet participants är utelämnat" in refused(without.run("link", *arguments))
    assert not (tmp_path / "key").exists()
