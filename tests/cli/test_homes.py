"""A home is made once, refuses what it cannot be, and says which command helps."""

import json
import sqlite3
from pathlib import Path

import psycopg
import pytest

from tests.cli.homes import Home, refused
from tests.cli.served import said_once_served


def execute(home: Home, *statements: str) -> None:
    """Change a home's database behind its back."""
    if home.database:
        with psycopg.connect(home.database, autocommit=True) as server:
            for statement in statements:
                server.execute(statement.encode())
        return
    file = sqlite3.connect(home.folder / "finsam.sqlite3", isolation_level=None)
    for statement in statements:
        file.execute(statement)
    file.close()


@pytest.mark.parametrize(
    "command",
    [
        "report national-annual --year 2020 --out A",
        "snapshot list",
        "snapshot take",
        "snapshot verify",
        "serve",
        "upgrade",
        "backup A.tar",
    ],
)
def test_a_command_in_an_empty_home_says_which_comes_first(empty: Home, command: str) -> None:
    assert "Kör först: finsam init" in refused(empty.run(*command.split()))
    assert empty.files() == set()


def test_init_makes_a_home_that_only_its_owner_can_read(made: Home) -> None:
    assert made.folder.stat().st_mode & 0o777 == 0o700
    assert made.files() >= {"keys.json"}
    assert {path.stat().st_mode & 0o777 for path in made.folder.iterdir() if path.is_file()} == {0o600}
    keys = json.loads((made.folder / "keys.json").read_text("utf-8"))
    assert set(keys) == {"secret_key", "encryption", "blind_index"}
    assert refused(made.run("init")).endswith("är inte tomt. Välj en tom mapp med FINSAM_HOME=.")
    assert refused(made.run("demo")).endswith("är inte tomt. Välj en tom mapp med FINSAM_HOME=.")


def test_keys_can_lie_elsewhere_and_are_never_written_over(empty: Home, tmp_path: Path) -> None:
    keys = tmp_path / "apart" / "keys.json"
    elsewhere = empty.but(FINSAM_KEYS=str(keys))
    done = elsewhere.run("init", "--email", "eva@example.invalid", "--name", "Eva Exempel")
    assert done.returncode == 0
    assert str(keys) in done.stdout
    assert "http://127.0.0.1:8000/inbjudan/" in done.stdout
    assert "keys.json" not in elsewhere.files()
    assert keys.stat().st_mode & 0o777 == 0o600
    again = Home(tmp_path / "again", "", {"FINSAM_KEYS": str(keys)})
    assert "finns redan" in refused(again.run("init"))
    assert again.files() == set()


def test_an_init_that_fails_leaves_the_home_empty(empty: Home) -> None:
    assert "giltig e-postadress" in refused(empty.run("init", "--email", "ingen adress"))
    assert empty.files() == set()


def test_a_lost_key_file_is_a_sentence(prepared: Home) -> None:
    (prepared.folder / "keys.json").unlink()
    assert "keys.json finns inte" in refused(prepared.run("serve"))
    (prepared.folder / "keys.json").write_text("{}")
    assert "är skadad" in refused(prepared.run("snapshot", "list"))


@pytest.mark.participants
@pytest.mark.parametrize("key", ["encryption", "blind_index"])
def test_the_keys_of_another_home_are_refused_where_there_are_persons(prepared: Home, key: str) -> None:
    file = prepared.folder / "keys.json"
    keys, other = json.loads(file.read_text("utf-8")), "A" * 43 + "="
    keys[key] = {"current": "1", "keys": {"1": other}} if key == "encryption" else other
    prepared.do("tests.cli.filling")
    assert prepared.run("snapshot", "list").returncode == 0
    file.write_text(json.dumps(keys), "utf-8")
    for command in ("serve", "snapshot list", "backup A.tar"):
        assert "hör till ett annat hem" in refused(prepared.run(*command.split()))


def test_a_database_from_a_newer_version_is_a_sentence(prepared: Home) -> None:
    execute(
        prepared,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('codes', '0999_later', '2030-01-01 00:00:00+00')",
    )
    for command in ("serve", "snapshot list", "upgrade"):
        assert "nyare version" in refused(prepared.run(*command.split()))


def make_older(home: Home) -> None:
    """Let a home be from before there were reports."""
    home.do("tests.cli.older")


def test_an_older_database_is_upgraded_after_a_copy_is_taken(prepared: Home) -> None:
    make_older(prepared)
    assert refused(prepared.run("snapshot", "list")) == "Databasen är från en äldre version. Kör: finsam upgrade"
    done = prepared.run("upgrade")
    assert done.returncode == 0, done.stderr
    (copy,) = (prepared.folder / "backups").iterdir()
    assert copy.name.startswith("before-")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert str(copy) in done.stderr
    assert prepared.run("snapshot", "list").returncode == 0
    assert "hör redan till" in prepared.run("upgrade").stdout


def test_an_upgrade_leaves_nothing_of_what_was_erased_before_in_the_database(prepared: Home) -> None:
    """An older version left the bytes of deleted rows in unused parts of the file of SQLite."""
    make_older(prepared)
    row = "INSERT INTO django_session VALUES ('erased', 'what was sealed', '2021-01-01 00:00:00+00:00')"
    careless = [] if prepared.database else ["PRAGMA secure_delete=OFF"]
    execute(prepared, *careless, row, "DELETE FROM django_session")
    if not prepared.database:
        assert b"what was sealed" in (prepared.folder / "finsam.sqlite3").read_bytes()
    done = prepared.run("upgrade")
    assert done.returncode == 0, done.stderr
    bytes_left = b"".join(path.read_bytes() for path in prepared.folder.rglob("*") if path.is_file())
    assert b"what was sealed" not in bytes_left


def test_serve_takes_a_copy_of_an_older_home_before_it_upgrades_it(prepared: Home, other: Home) -> None:
    make_older(prepared)
    said = said_once_served(prepared)
    (copy,) = (prepared.folder / "backups").iterdir()
    assert said.index(f"En kopia ligger i {copy}.") < said.index("… anpassar tabeller")
    assert prepared.run("snapshot", "list").returncode == 0
    assert other.run("restore", copy).stdout.endswith("Kopian är från en äldre version. Kör: finsam upgrade\n")


def codes_of(home: Home) -> dict[tuple[str, ...], list[str]]:
    """The rows of the code lists: list, code and first day, and what stands there."""
    rows = [json.loads(line) for line in home.do("tests.cli.told_codes").splitlines()]
    return {(list_key, code, first_day): [label, *rest] for list_key, code, label, first_day, *rest in rows}


def test_a_code_shipped_in_a_new_version_reaches_a_home_of_the_last_and_no_row_of_a_users_is_touched(
    prepared: Home, other: Home
) -> None:
    prepared.do("tests.cli.older_codes")
    before = codes_of(prepared)
    assert refused(prepared.run("snapshot", "list")) == "Databasen är från en äldre version. Kör: finsam upgrade"
    done = prepared.run("upgrade")
    assert done.returncode == 0, done.stderr
    assert "Nya koder i kodlistorna: 2." in done.stderr
    after = codes_of(prepared)
    new = {key: after[key] for key in after.keys() - before.keys()}
    assert {key: (row[0], row[-2]) for key, row in new.items()} == {
        ("support", "student_aid", "2004-01-01"): ("Studiestöd", "shipped"),
        ("education", "post_secondary", "2004-01-01"): ("Eftergymnasial utbildning", "shipped"),
    }
    assert all(row[-1] > "2020" for row in new.values())  # registered at the upgrade: no older snapshot changes
    assert before.items() <= after.items()  # closed, renamed, confirmed and of the home's own
    assert "hör redan till" in prepared.run("upgrade").stdout
    assert prepared.run("snapshot", "list").returncode == 0
    (copy,) = (prepared.folder / "backups").iterdir()
    assert "Kör: finsam upgrade" in other.run("restore", copy).stdout


def test_a_code_alone_makes_a_home_older_and_serve_upgrades_it_too(prepared: Home) -> None:
    for table in ("codes_historicalcode", "codes_code"):
        execute(prepared, f"DELETE FROM {table} WHERE list = 'support' AND code = 'student_aid'")
    assert refused(prepared.run("snapshot", "list")) == "Databasen är från en äldre version. Kör: finsam upgrade"
    assert "Nya koder i kodlistorna: 1." in said_once_served(prepared)
    assert ("support", "student_aid", "2004-01-01") in codes_of(prepared)


@pytest.mark.participants
def test_a_home_that_holds_persons_does_not_start_without_them(prepared: Home) -> None:
    without = prepared.but(FINSAM_WITHOUT="participants")
    assert without.run("snapshot", "list").returncode == 0
    prepared.do("tests.cli.filling")
    for command in ("serve", "snapshot list", "backup A.tar"):
        assert "innehåller personer" in refused(without.run(*command.split()))


def test_a_room_that_cannot_be_left_out_is_a_sentence(prepared: Home) -> None:
    assert "kan utelämnas" in refused(prepared.but(FINSAM_WITHOUT="access").run("snapshot", "list"))


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    away = Home(tmp_path / "home", "postgresql://nobody:nothing@127.0.0.1:1/nowhere")
    (tmp_path / "home").mkdir()
    assert refused(away.run("snapshot", "list")).startswith("Databasservern 127.0.0.1:1 svarar inte")
    assert refused(away.but(FINSAM_DATABASE_URL="mysql://x/y").run("init")).startswith("FINSAM_DATABASE_URL ska se ut")
