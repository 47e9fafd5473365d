"""The server's log: a refusal is one line, a fault of ours has its stack, and neither says anything about anyone."""

import copy
import io
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from finsam.access import queries
from finsam.access.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
NUMBER, NAME = "850101-2384", "Anna Exempel"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the server writes, by the logging of the settings but into memory."""
    written = io.StringIO()
    config: dict[str, Any] = copy.deepcopy(settings.LOGGING)
    config["handlers"]["stderr"]["stream"] = written
    logging.config.dictConfig(config)
    yield written
    logging.config.dictConfig(settings.LOGGING)


@pytest.fixture
def reader(demo):
    return factories.user(None, Role.READER, where=factories.association())


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("/anvandare/", "403 GET users"),
        ("/anvandare/ny/", "403 POST user_create"),
        (f"/finns-inte/{NUMBER}/?namn={NUMBER}", "404 GET no such address"),
        ("/forbund/19850101238/", "404 GET association"),
        (f"/insatser/?after={NUMBER}", "400 GET interventions"),
        ("/insatser/", "405 POST interventions"),
        ("/inbjudan/gammal/", "410 GET invitation"),
    ],
)
def test_an_ordinary_refusal_writes_one_line_and_no_stack(reader, visitor, log, address, line):
    client = visitor(reader)
    answer = client.generic(line.split()[1], address)
    assert str(answer.status_code) == line[:3]
    (written,) = log.getvalue().splitlines()
    assert written.endswith(f"WARNING django.request: {line}, user {reader.pk}")


def test_a_request_for_another_machine_writes_one_line(reader, visitor, log):
    assert visitor(reader).get("/", headers={"Host": f"{NUMBER}.example.invalid"}).status_code == 400
    (written,) = log.getvalue().splitlines()
    assert written.endswith("400 GET no such address, user -")


def test_a_form_without_its_token_writes_one_line(reader, log):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)
    assert client.post("/sprak/", {"language": NUMBER}).status_code == 403
    (written,) = log.getvalue().splitlines()
    assert written.endswith(f"WARNING django.security.csrf: 403 POST language, user {reader.pk}")


def test_a_form_that_is_too_large_writes_one_line(reader, visitor, log, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = visitor(reader).post("/sprak/", {"language": NUMBER * 10})
    assert 400 <= answer.status_code < 500
    (written,) = log.getvalue().splitlines()
    assert f"{answer.status_code} POST" in written
    assert NUMBER not in written


def test_a_fault_of_ours_has_its_stack_without_the_words(demo, log, monkeypatch):
    admin = factories.user(None, Role.SYSTEM_ADMIN)
    client = Client(raise_request_exception=False)
    client.force_login(admin)

    def broken(*, actor):
        raise ValueError(f"{NAME} {NUMBER}") from KeyError(NUMBER)

    monkeypatch.setattr(queries, "users", broken)
    assert client.get(f"/anvandare/?namn={NUMBER}").status_code == 500
    written = log.getvalue()
    assert written.splitlines()[0].endswith(f"ERROR django.request: 500 GET users, user {admin.pk}")
    assert "in broken" in written
    assert "ValueError" in written
    assert "KeyError" in written
    assert written.count("in broken") == 1
    for secret in (NUMBER, NAME, "2384"):
        assert secret not in written
