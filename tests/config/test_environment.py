"""The environment decides, and a mistake in it is answered with a sentence."""

import json
import logging
import sqlite3
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from finsam.config import environment, keys, sqlite
from finsam.config.logs import Impersonal
from finsam.disclosure.cells import Rule

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
WELL_FORMED = {
    "secret_key": "s",
    "encryption": {"current": "1", "keys": {"1": KEY}},
    "blind_index": "AAAA",
}


@pytest.fixture
def key_file(tmp_path):
    def write(content):
        path = tmp_path / "keys.json"
        path.write_text(json.dumps(content), "utf-8")
        return path

    return write


def test_the_home_is_var_unless_said_otherwise(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FINSAM_HOME", raising=False)
    assert environment.home() == tmp_path / "var"


def test_keys_lie_in_the_home_unless_said_otherwise(monkeypatch, tmp_path):
    monkeypatch.delenv("FINSAM_KEYS", raising=False)
    assert environment.key_file(tmp_path) == tmp_path / "keys.json"
    monkeypatch.setenv("FINSAM_KEYS", str(tmp_path / "safe" / "k.json"))
    assert environment.key_file(tmp_path) == tmp_path / "safe" / "k.json"


def test_sqlite_saves_before_it_says_so_and_overwrites_what_is_deleted(tmp_path):
    made = sqlite3.connect(tmp_path / "new.sqlite3")
    made.executescript(environment.sqlite(tmp_path)["OPTIONS"]["init_command"])
    said = {name: made.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "secure_delete")}
    made.close()
    assert said == {"synchronous": 2, "secure_delete": 1}  # FULL and ON


def test_only_the_room_of_persons_can_be_left_out(monkeypatch):
    monkeypatch.setenv("FINSAM_WITHOUT", "participants")
    assert environment.left_out() == {"participants"}
    monkeypatch.setenv("FINSAM_WITHOUT", "interventions")
    with pytest.raises(ImproperlyConfigured, match="interventions"):
        environment.left_out()


def test_a_database_address_is_taken_apart():
    found = environment.postgresql("postgresql://an%40na:p%2Fw@db.local:6432/fins%20am?sslmode=require")
    said = {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert said == {
        "NAME": "fins am",
        "USER": "an@na",
        "PASSWORD": "p/w",
        "HOST": "db.local",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "url",
    [
        "mysql://x/y",
        "postgresql://localhost",
        "finsam",
        "postgresql://u:hemligt/x@h/d",
        "postgresql://u:p#hemligt@h/d",
        "postgresql://u:hemligt@[h/d",
        "postgresql://u:hemligt@h:port/d",
    ],
)
def test_an_address_that_is_no_database_is_refused_with_an_example_and_never_shown(url):
    with pytest.raises(ImproperlyConfigured, match="postgresql://") as refused:
        environment.postgresql(url)
    assert "hemligt" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_choice_that_postgresql_does_not_know_is_refused():
    with pytest.raises(ImproperlyConfigured, match="sslmode=require"):
        environment.postgresql("postgresql://u:p@h/d?password_file=x")


def test_without_a_public_address_only_this_machine_is_served(monkeypatch):
    monkeypatch.delenv("FINSAM_ADDRESS", raising=False)
    assert environment.address() == {"ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"]}


def test_a_public_address_brings_secure_cookies(monkeypatch):
    monkeypatch.setenv("FINSAM_ADDRESS", "https://finsam.example.se/")
    said = environment.address()
    assert "finsam.example.se" in said["ALLOWED_HOSTS"]
    assert said["CSRF_TRUSTED_ORIGINS"] == ["https://finsam.example.se"]
    assert said["SESSION_COOKIE_SECURE"]
    assert said["CSRF_COOKIE_SECURE"]
    assert said["SECURE_SSL_HOST"] == "finsam.example.se"
    assert all(said[f"{name}_COOKIE_NAME"] == f"__Host-{plain}" for name, plain in environment.COOKIES.items())


def test_a_public_address_without_encryption_is_refused(monkeypatch):
    monkeypatch.setenv("FINSAM_ADDRESS", "http://finsam.example.se")
    with pytest.raises(ImproperlyConfigured, match="https://"):
        environment.address()


def test_keys_are_read_and_never_shown(key_file):
    found = keys.read(key_file(WELL_FORMED))
    assert found.encryption == keys.Ring("1", {"1": bytes(32)})
    assert repr(found) == "Keys(encryption=Ring(current='1'), blind_index=Ring(current='1'))"


def test_the_key_of_the_index_is_the_first_of_several_where_the_file_has_one_alone(key_file):
    alone = keys.read(key_file(WELL_FORMED)).blind_index
    assert alone == keys.Ring("1", {"1": bytes(3)})
    several = {"current": "2", "keys": {"1": "AAAA", "2": KEY}}
    assert keys.read(key_file(WELL_FORMED | {"blind_index": several})).blind_index.current == "2"


@pytest.mark.parametrize("secret", [None, 1, "", ["s"]])
def test_a_key_file_whose_own_key_is_no_text_is_damaged(secret, key_file):
    with pytest.raises(ImproperlyConfigured, match="är skadad"):
        keys.read(key_file(WELL_FORMED | {"secret_key": secret}))


def test_a_key_file_that_is_put_in_anothers_place_is_read_at_once(key_file, tmp_path):
    path = key_file(WELL_FORMED)
    at_hand = keys.KeyFile(lambda: path)
    assert at_hand.encryption.current == "1"
    beside = tmp_path / "beside"
    changed = {"current": "2", "keys": {"1": KEY, "2": KEY}}
    beside.write_text(json.dumps(WELL_FORMED | {"encryption": changed}), "utf-8")
    beside.rename(tmp_path / "keys.json")
    assert at_hand.encryption.current == "2"


def test_a_key_file_that_goes_away_or_is_half_written_leaves_whoever_runs_its_keys(key_file, tmp_path):
    path = key_file(WELL_FORMED)
    at_hand = keys.KeyFile(lambda: path)
    assert at_hand.secret_key == "s"
    (tmp_path / "keys.json").write_text('{"secret', "utf-8")
    assert at_hand.secret_key == "s"
    (tmp_path / "keys.json").unlink()
    assert at_hand.blind_index.current == "1"
    with pytest.raises(ImproperlyConfigured):
        assert keys.KeyFile(lambda: path).secret_key


def test_a_lost_key_file_says_what_to_do(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="FINSAM_KEYS="):
        keys.read(tmp_path / "keys.json")


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        WELL_FORMED | {"blind_index": "?"},
        WELL_FORMED | {"encryption": {"current": "2", "keys": {"1": KEY}}},
        WELL_FORMED | {"encryption": {"current": "1", "keys": {"1": "AAAA"}}},
        WELL_FORMED | {"blind_index": {"current": "2", "keys": {"1": KEY}}},
    ],
)
def test_a_damaged_key_file_says_what_to_do(key_file, content):
    with pytest.raises(ImproperlyConfigured, match="Lägg tillbaka"):
        keys.read(key_file(content))


def test_the_swedish_alphabet_ends_in_its_own_three_letters():
    towns = ["Örebro", "Ängelholm", "Åmål", "Zinkgruvan", "Älmhult", "Arboga", "alnö", "Ödeshög", "Éden", "Eda", "Wij"]
    assert sorted(towns, key=sqlite.swedish_key) == [
        "alnö", "Arboga", "Eda", "Éden", "Wij", "Zinkgruvan", "Åmål", "Älmhult", "Ängelholm", "Ödeshög", "Örebro",
    ]  # fmt: skip


def test_the_two_databases_agree_on_swedish_order(db):
    from django.db import connection

    with connection.cursor() as cursor:
        words = " UNION ALL ".join(f"SELECT '{word}' AS word" for word in ("Ö", "z", "Å", "a", "Ä", "É", "f"))
        cursor.execute(f'SELECT word FROM ({words}) AS list ORDER BY word COLLATE "{sqlite.SWEDISH}"')
        assert [row[0] for row in cursor.fetchall()] == ["a", "É", "f", "z", "Å", "Ä", "Ö"]


def test_a_logged_error_says_where_and_never_what():
    number, name = "19850101-2384", "Anna"
    try:
        refuse(number, name)
    except KeyError:
        record = logging.LogRecord("finsam", logging.ERROR, __file__, 1, "Failed", (), sys.exc_info())
    line = Impersonal().format(record)
    assert "ValueError" in line
    assert "KeyError" in line
    assert "in refuse" in line
    assert number not in line
    assert name not in line


@pytest.mark.parametrize("number", ["19850101-2384", "850101-2384", "850101+2384", "198501012384", "8501012384"])
def test_an_identity_number_in_a_message_is_masked(number):
    record = logging.LogRecord("finsam", logging.WARNING, __file__, 1, "Refused %s at 12:30", (number,), None)
    assert Impersonal().format(record).endswith("Refused •••• at 12:30")


def refuse(number, name):
    try:
        int(number)
    except ValueError as error:
        raise KeyError(name) from error


def test_sessions_and_forms_are_closed_to_scripts_and_other_sites():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["default-src"] == ["'none'"]
    assert not settings.DEBUG


def test_statistics_take_the_threads_they_are_given(monkeypatch):
    monkeypatch.setenv("FINSAM_THREADS", "2")
    assert environment.threads() == 2
    monkeypatch.delenv("FINSAM_THREADS")
    assert environment.threads() == 0
    monkeypatch.setenv("FINSAM_THREADS", "många")
    with pytest.raises(ImproperlyConfigured, match="heltal"):
        environment.threads()


def test_an_installation_hides_one_to_four_persons_unless_told_otherwise(monkeypatch):
    assert environment.rule() == Rule(5, zeros_published=True)
    monkeypatch.setenv("FINSAM_THRESHOLD", "10")
    monkeypatch.setenv("FINSAM_HIDE_ZEROS", "1")
    monkeypatch.setenv("FINSAM_LEAST_GROUP", "20")
    assert environment.rule() == Rule(10, zeros_published=False, least_group=20)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("FINSAM_THRESHOLD", "1"),
        ("FINSAM_THRESHOLD", "fem"),
        ("FINSAM_HIDE_ZEROS", "ja"),
        ("FINSAM_LEAST_GROUP", "tio"),
    ],
)
def test_a_rule_that_would_publish_everything_or_says_nothing_is_refused(monkeypatch, name, written):
    monkeypatch.setenv(name, written)
    with pytest.raises(ImproperlyConfigured, match=f"{name} ska vara"):
        environment.rule()
