"""The folder of a report: whole or not there, and the same bytes every time."""

import errno
import json
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from finsam.publications.formats import writer
from tests.publications.invented import publication

FILES = {
    "csv/participants.csv",
    "csv/shares.csv",
    "manifest.json",
    "report.html",
    "report.pdf",
    "report.xlsx",
}


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_runs_give_equal_bytes(tmp_path):
    for name in ("one", "two"):
        writer.write(publication(), tmp_path / name)
    assert set(contents(tmp_path / "one")) == FILES
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_manifest_says_what_the_report_is_made_of(tmp_path):
    writer.write(publication(), tmp_path / "new" / "report")
    written = contents(tmp_path / "new" / "report")
    manifest = json.loads(written.pop("manifest.json"))
    assert manifest.pop("software").startswith("finsam ")
    assert manifest.pop("files") == {name: sha256(content).hexdigest() for name, content in written.items()}
    assert manifest == {
        "report": "invented",
        "year": 2020,
        "language": "sv",
        "snapshot": "2021-01-31-0123456789ab",
        "as_of": "2021-01-31",
        "rule": {"threshold": 5, "zeros_published": True, "least_group": 10},
    }


def test_an_empty_folder_is_filled(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    writer.write(publication(), folder)
    assert set(contents(folder)) == FILES


def test_a_folder_with_something_in_it_is_refused_and_left_as_it_was(tmp_path):
    (tmp_path / "mine.txt").write_text("kvar")
    with pytest.raises(ValidationError, match="inte en tom mapp"):
        writer.write(publication(), tmp_path)
    assert contents(tmp_path) == {"mine.txt": b"kvar"}


def test_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("kvar")
    with pytest.raises(ValidationError, match="inte en tom mapp"):
        writer.write(publication(), tmp_path / "file")


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    writes = Path.write_bytes

    def full_at_the_pdf(path, content):
        if path.name == "report.pdf":
            raise OSError(errno.ENOSPC, "No space left on device")
        return writes(path, content)

    monkeypatch.setattr(Path, "write_bytes", full_at_the_pdf)
    with pytest.raises(OSError, match="No space"):
        writer.write(publication(), tmp_path / "report")
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_from_nothing_to_all(tmp_path):
    steps = []
    writer.write(publication(), tmp_path / "report", lambda *step: steps.append(step))
    assert [done for _, done, _ in steps] == [0, 1, 2, 3, 4, 5]
    assert steps[-1] == ("manifest.json", 5, 5)
