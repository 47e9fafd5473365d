"""The tests' own guards are tried too: a guard that has fallen asleep guards nothing."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.template import Context, Template

from finsam.access.models import Organisation
from scripts import legs
from tests import guards
from tests.house.world import spying


def test_the_network_is_closed():
    with pytest.raises(guards.NetworkIsClosed), socket.socket() as door:
        door.connect(("192.0.2.1", 80))
    with pytest.raises(guards.NetworkIsClosed):
        socket.getaddrinfo("example.se", 80)


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.django_db
def test_rows_without_an_order_come_in_any():
    codes = [f"{number:02}" for number in range(20)]
    for code in codes:
        Organisation.objects.create(kind="authority", code=code, name=code)
    rows = Organisation.objects.filter(kind="authority", code__in=codes)
    seen = {tuple(rows.order_by().values_list("code", flat=True)) for _attempt in range(5)}
    assert len(seen) > 1
    assert list(rows.order_by("code").values_list("code", flat=True)) == codes


def test_a_template_variable_that_is_not_there_fails():
    with pytest.raises(pytest.fail.Exception):
        Template("{{ nothing }}").render(Context())


@pytest.mark.parametrize(
    ("name", "text", "left_out"),
    [
        ("tests/participants/test_rules.py", "", True),
        ("tests/web/test_participants.py", "", True),
        ("tests/web/test_start.py", "from finsam.participants import actions", True),
        ("tests/web/test_start.py", "from finsam.web import participants, start", True),
        ("tests/web/test_start.py", "    from tests.participants.factories import stay", True),
        ("tests/web/test_start.py", "# says finsam.participants in a comment", False),
        ("tests/interventions/test_rules.py", "from finsam.interventions import rules", False),
    ],
)
def test_tests_of_a_room_that_is_left_out_are_found(tmp_path: Path, name, text, left_out):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    assert guards.needs_left_out_room(path, ["participants"]) is left_out


@pytest.mark.django_db
def test_the_spy_sees_what_is_written_and_not_what_is_read():
    with spying() as written:
        list(Organisation.objects.order_by("pk"))
    assert not written
    with spying() as written:
        Organisation.objects.create(kind="authority", code="x", name="Påhittade verket")
        Organisation.objects.filter(code="x").delete()
    assert "access_organisation" in written


class Asked:
    """A test as pytest collects it: where it lies, which fixtures it has and which marks."""

    def __init__(self, path, *, fixtures=(), marks=()):
        self.path, self.fixturenames, self.marks = Path(path), fixtures, marks

    def get_closest_marker(self, name):
        return name if name in self.marks else None


@pytest.mark.parametrize(
    ("test", "on_another_database", "without_a_room"),
    [
        (Asked("tests/publications/test_csv_and_xlsx.py"), False, False),
        (Asked("tests/editions/test_runs.py", marks=["django_db"]), True, True),
        (Asked("tests/web/test_start.py", fixtures=["db"]), True, True),
        (Asked("tests/reports/test_reports.py", marks=["without_participants"]), False, True),
        (Asked("tests/house/test_models.py"), False, True),
        (Asked("tests/house/test_routes.py", marks=["django_db"]), True, True),
        (Asked("tests/cli/test_help.py"), True, True),
    ],
)
def test_a_test_runs_again_where_what_it_uses_is_another(test, on_another_database, without_a_room):
    assert guards.asks_a_database(test) is on_another_database
    assert guards.asks_a_home(test) is without_a_room


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (["tests"], {"tests/journeys", "tests/spark"}),
        (["tests/web"], {"tests/journeys", "tests/spark"}),
        (["tests", "tests/spark"], {"tests/journeys"}),
        (["tests/journeys/test_charts.py"], {"tests/spark"}),
    ],
)
def test_what_needs_more_than_setup_installs_runs_where_it_is_named(tmp_path: Path, arguments, left):
    root = tmp_path.resolve()
    found = guards.left_unnamed([root / argument for argument in arguments], root)
    assert set(found) == {root / folder for folder in left}


@pytest.mark.once
def test_what_is_made_once_for_several_tests_is_made_by_one_worker():
    """A newer pytest has let xdist forget the groups without a word: every worker made a demo home of its own."""
    command = [sys.executable, "-m", "pytest", "-v", *legs.ROOMS, "tests/publications/test_html.py"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=legs.ROOT).stdout
    done = [line.split() for line in said.splitlines() if "PASSED" in line and line.rstrip().endswith("@publications")]
    assert len(done) > 1
    assert len({worker for worker, *_ in done}) == 1


WAITING = """
from time import sleep

def test_before(): pass
def test_for_good(): sleep(600)
def test_after(): pass
"""


@pytest.mark.once
def test_what_waits_for_good_fails_by_name(tmp_path: Path, pytestconfig: pytest.Config):
    (tmp_path / "test_planted.py").write_text(WAITING, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]", "utf-8")
    ends = f"faulthandler_exit_on_timeout={pytestconfig.getini('faulthandler_exit_on_timeout')}"
    soon = ("-o", "faulthandler_timeout=2", "-o", ends, "-p", "no:django", "-p", "no:randomly")
    command = [sys.executable, "-m", "pytest", *soon, "-v", *legs.ROOMS]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert "crashed while running 'test_planted.py::test_for_good'" in done.stdout, done.stdout
    assert done.stderr.count("in test_for_good") == 2, "where it stood; xdist asks it once more, and no more than that"
    assert 0 < float(pytestconfig.getini("faulthandler_timeout")) <= 600


ASLEEP = """
import faulthandler, subprocess, sys
faulthandler.enable()
child = "import faulthandler, time; faulthandler.enable(); print('begun', flush=True); time.sleep(600)"
subprocess.run([sys.executable, "-c", child])
"""


@pytest.mark.once
def test_a_leg_that_does_not_end_is_ended_and_says_where_it_stood(tmp_path: Path):
    with (
        (tmp_path / "said.txt").open("w+") as said,
        subprocess.Popen([sys.executable, "-c", ASLEEP], stdout=subprocess.PIPE, stderr=said) as leg,
    ):
        assert leg.stdout is not None
        assert leg.stdout.readline() == b"begun\n"
        assert legs.ended(leg, 0.1) == 1
        said.seek(0)
        assert "line 1 in <module>" in said.read()
