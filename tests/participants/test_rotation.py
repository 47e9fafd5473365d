"""Keys are changed beside whoever works: before, in the middle and after, one human is one and nothing is told."""

import ast
import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import connection, models, transaction

from finsam.access import audit, versions
from finsam.access.models import AuditRow
from finsam.access.roles import Role
from finsam.access.trail import Event
from finsam.cli.home import key_file
from finsam.config.keys import KeyFile
from finsam.interventions.models import Intervention
from finsam.participants import actions, ciphers, erasure, queries, resealing, rotation
from finsam.participants.models import LinkageKey, Participation, Person, Pseudonym
from finsam.values.identity import IdentityNumber
from tests import factories
from tests.django_run import KEYS
from tests.house import source
from tests.participants import people
from tests.participants.test_linkage import coded, handed_over, substitute
from tests.participants.test_two_writers import at_once

every_stage = pytest.mark.parametrize("stage", ["half", "retired"])
LATER = factories.NOW + timedelta(days=1)


class Stopped(Exception):
    """The work was ended in the middle."""


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    """A key file of the test's own, of the form that older homes have."""
    path = tmp_path / "keys.json"
    plain = {name: base64.b64encode(key).decode() for name, key in KEYS.encryption.keys.items()}
    index = base64.b64encode(KEYS.blind_index.keys["1"]).decode()
    content = {"secret_key": "s", "encryption": {"current": "1", "keys": plain}, "blind_index": index}
    path.write_text(json.dumps(content), "utf-8")
    settings.KEYRING = KeyFile(lambda: path)
    return path


def rotate(
    file: Path, rest: Callable[[], None] = lambda: None, kinds: tuple[str, ...] = key_file.KINDS
) -> rotation.Rotated:
    """Change the keys in a file and all that is under them."""
    return rotation.rotate(
        actor=factories.operator(), add=lambda: key_file.add(file, kinds), tell=lambda rows, total: None, rest=rest
    )


def stop_after(steps: int) -> Callable[[], None]:
    """End the work when some steps are done."""
    left = iter(range(steps))

    def rest() -> None:
        if next(left, None) is None:
            raise Stopped

    return rest


def bring(file: Path, stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring the home to a stage of a change of keys."""
    if stage == "half":
        monkeypatch.setattr(rotation, "BATCH", 1)
        with pytest.raises(Stopped):
            rotate(file, stop_after(1))
        assert resealing.waiting() > 0
        assert Person.objects.filter(blind_index__startswith="2:").exists()
        assert Person.objects.exclude(blind_index__startswith="2:").exists()
    else:
        rotate(file)
        rotation.retire(actor=factories.operator(), drop=lambda: key_file.drop(file))


class World:
    """Two controllers with an intervention each, a third one of the first, and four humans at the first."""

    def __init__(self) -> None:
        where = factories.association(codes=("0180",))
        self.ours, self.again = (factories.intervention(where) for _ in range(2))
        self.theirs = factories.intervention(where, controller=factories.service())
        self.numbers = [people.identity() for _ in range(4)]
        self.stays = [self.enrol(self.ours, who) for who in self.numbers]

    def enrol(self, where: Intervention, who: IdentityNumber) -> Participation:
        return people.participation(where, who=who)

    def change(self, stay: Participation, who: IdentityNumber, **facts: Any) -> Person:
        registrar = factories.actor(factories.registrar(stay.intervention), LATER)
        return people.change_number(registrar, Participation.objects.get(pk=stay.pk), who, **facts)


@pytest.fixture
def world(db: None, file: Path) -> World:
    return World()


def called(person: int) -> str:
    return Person.objects.select_related("pseudonym").get(pk=person).pseudonym.value


def past() -> list[tuple[Any, ...]]:
    """What history says but for what is sealed and indexed."""
    rows = Person.history.order_by("history_id")
    return list(rows.values_list("history_id", "id", "pseudonym", "sex", "history_date", "history_type"))


@every_stage
def test_whoever_is_registered_again_is_the_same_human(
    world: World, file: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [(stay.person_id, called(stay.person_id)) for stay in world.stays]
    bring(file, stage, monkeypatch)
    again = [world.enrol(world.again, who) for who in world.numbers]
    assert [(stay.person_id, called(stay.person_id)) for stay in again] == before
    theirs = [world.enrol(world.theirs, who) for who in world.numbers]
    assert [called(stay.person_id) for stay in theirs] == [name for _, name in before]
    assert (Person.objects.count(), Pseudonym.objects.count()) == (8, 4)
    rotate(file)
    assert not resealing.waiting()
    assert [Person.objects.get(pk=stay.person_id).open_number() for stay in theirs] == [
        who.number for who in world.numbers
    ]


@every_stage
def test_a_search_finds_and_a_number_known_here_is_refused(
    world: World, file: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(file, stage, monkeypatch)
    registrar = factories.actor(factories.registrar(world.ours))
    assert [actions.search(actor=registrar, identity=who) for who in world.numbers] == world.stays
    with pytest.raises(ValidationError, match="har redan numret"):
        world.change(world.stays[0], world.numbers[3])
    assert world.change(world.stays[3], world.numbers[3], name="Nytt Namn").open_name() == "Nytt Namn"


@every_stage
def test_two_numbers_become_one_human_and_two_again(
    world: World, file: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = people.identity()
    other = world.enrol(world.theirs, second)
    before = [called(stay.person_id) for stay in (*world.stays, other)]
    bring(file, stage, monkeypatch)
    first = world.stays[0]
    world.change(first, second)
    assert called(first.person_id) == called(other.person_id)
    rotate(file)
    world.change(first, world.numbers[0], same="wrong")
    assert [called(stay.person_id) for stay in (*world.stays, other)] == before


@every_stage
def test_an_erasure_leaves_nothing_of_anybody(
    world: World, file: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.change(world.stays[0], people.identity())
    world.change(world.stays[3], people.identity(), same="wrong")
    stays = [*world.stays, world.enrol(world.theirs, world.numbers[1])]
    bring(file, stage, monkeypatch)
    world.enrol(world.again, world.numbers[2])
    for stay in stays:
        registrar = factories.actor(factories.registrar(stay.intervention))
        erasure.erase(actor=registrar, participation=Participation.objects.get(pk=stay.pk))
    assert not Person.objects.exists()
    assert not Person.history.exists()
    assert not Pseudonym.objects.exists()


@every_stage
def test_another_agencys_codes_lead_to_the_same_humans_by_a_key_that_was_made_before(
    world: World, file: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _made, key = handed_over()
    names = [called(stay.person_id) for stay in world.stays]
    bring(file, stage, monkeypatch)
    found = substitute(*(f"{coded(key, who.number)},47,10,F32.1" for who in world.numbers))
    assert [row.pseudonym for row in found.rows] == names


def test_a_change_of_keys_is_no_change_to_anybody_and_is_told_once(world: World, file: Path) -> None:
    """Also not of one whose pseudonym changed by what another controller did, which nobody here is told."""
    second, third = people.identity(), people.identity()
    quiet = world.enrol(world.theirs, second)
    world.change(world.stays[0], second, name="Nytt Namn")
    world.change(world.stays[1], third)
    registrar = factories.actor(factories.registrar(world.theirs))
    persons = list(Person.objects.order_by("pk"))

    def shown() -> list[Event]:
        return queries.history(actor=registrar, participation=Participation.objects.get(pk=quiet.pk))

    assert Person.history.filter(id=quiet.person_id).count() == 2
    before = past(), [versions.version(one) for one in persons], shown()
    noted = AuditRow.objects.order_by("-pk").values_list("pk", flat=True)[0]
    rows = rotate(file).rows
    assert (past(), [versions.version(one) for one in persons], shown()) == before
    trail = AuditRow.objects.filter(pk__gt=noted).order_by("pk")
    assert list(trail.values_list("action", "record_id")) == [
        ("participants.begin_rotation", None),
        ("participants.end_rotation", None),
    ]
    assert trail[1].rows == rows == Person.objects.count() + Person.history.count() + Pseudonym.objects.count()


def test_what_it_was_in_history_opens_afterwards_and_under_no_older_key(world: World, file: Path) -> None:
    world.change(world.stays[0], people.identity(), name="Nytt Namn")
    rotate(file)
    rotation.retire(actor=factories.operator(), drop=lambda: key_file.drop(file))
    for row in Person.history.order_by("history_id"):
        person = Person(controller_id=row.controller_id, blind_index=row.blind_index)
        person.sealed_name, person.sealed_number = row.sealed_name, row.sealed_number
        assert person.opens()
        assert person.open_name() in {"Låtsas Exempelberg", "Nytt Namn"}
    assert {bytes(row.sealed_name)[:2] for row in Person.history.order_by("pk")} == {b"\x012"}
    assert set(json.loads(file.read_text("utf-8"))["blind_index"]["keys"]) == {"2"}
    assert queries.open_with_keys()


@pytest.mark.parametrize("kind", key_file.KINDS)
def test_one_kind_of_key_can_be_changed_alone_and_again(world: World, file: Path, kind: str) -> None:
    handed_over()
    for _ in range(2):
        assert rotate(file, kinds=(kind,)).is_new
    content = json.loads(file.read_text("utf-8"))
    assert [content["encryption"]["current"], content["blind_index"]["current"]] == (
        ["3", "1"] if kind == "encryption" else ["1", "3"]
    )
    assert all(person.opens() for person in Person.objects.order_by("pk"))
    assert len(LinkageKey.objects.get().open()) == 32


def test_nothing_is_retired_while_a_row_needs_it_and_nobody_but_the_operator_does_either(
    world: World, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(file, "half", monkeypatch)
    was = file.read_bytes()
    with pytest.raises(ValidationError, match="Kör först: finsam keys rotate"):
        rotation.retire(actor=factories.operator(), drop=lambda: key_file.drop(file))
    stranger = factories.actor(factories.user(None, Role.PARTICIPANT_REGISTRAR))
    with pytest.raises(PermissionDenied):
        rotation.retire(actor=stranger, drop=lambda: key_file.drop(file))
    with pytest.raises(PermissionDenied):
        rotation.rotate(actor=stranger, add=file.unlink, tell=lambda rows, total: None, rest=lambda: None)
    assert file.read_bytes() == was


def test_a_run_that_ends_just_when_the_key_is_in_its_file_is_gone_on_with(world: World, file: Path) -> None:
    def add() -> None:
        key_file.add(file, key_file.KINDS)
        raise Stopped

    with pytest.raises(Stopped):
        rotation.rotate(actor=factories.operator(), add=add, tell=lambda rows, total: None, rest=lambda: None)
    assert not AuditRow.objects.filter(action="participants.begin_rotation").exists()
    assert not rotate(file).is_new
    assert not resealing.waiting()
    assert json.loads(file.read_text("utf-8"))["encryption"]["current"] == "2"


def test_an_index_that_nobody_has_or_had_is_let_go_of(world: World, file: Path) -> None:
    lost = Pseudonym(blind_index=ciphers.blind_index(people.identity().number), value="e" * 32)
    audit.write(factories.operator(), "participants.enrol", lost)
    rotate(file)
    assert Pseudonym.objects.get(pk=lost.pk).blind_index is None
    assert AuditRow.objects.filter(action="participants.forget_index").count() == 1


def test_a_key_that_the_file_lacks_is_a_sentence_and_other_keys_are_told(
    world: World, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(file, "half", monkeypatch)
    assert queries.open_with_keys()
    key_file.drop(file)
    assert not queries.open_with_keys()
    with pytest.raises(ImproperlyConfigured, match="saknar nyckel 1"):
        rotate(file)


def test_a_damaged_row_stops_the_change_with_a_sentence(world: World, file: Path) -> None:
    row = Person.objects.order_by("pk")[0]
    audit.reword(Person, ("sealed_name",), [(row.pk, bytes(row.sealed_name)[:-1] + b"!")])
    with pytest.raises(ValidationError, match="är skadad"):
        rotate(file)
    with pytest.raises(InvalidTag):
        Person.objects.get(pk=row.pk).open_name()


@pytest.mark.django_db(transaction=True)
def test_keys_are_not_changed_while_somebody_who_looks_for_a_number_is_under_way(file: Path) -> None:
    people.demo_home()
    was = file.read_bytes()
    looked, ready = threading.Event(), threading.Event()

    def look() -> None:
        with transaction.atomic():
            resealing.settle(people.identity().number)
            ready.set()
            looked.wait(60)
            assert file.read_bytes() == was

    changing = threading.Thread(target=lambda: at_once(lambda: rotate(file)))
    looking = threading.Thread(target=lambda: at_once(look))
    looking.start()
    assert ready.wait(60)
    changing.start()
    changing.join(0.3)
    assert changing.is_alive()
    looked.set()
    changing.join(60)
    looking.join(60)
    assert file.read_bytes() != was


@pytest.mark.django_db(transaction=True)
def test_many_who_register_while_keys_are_changed_leave_each_human_once(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 1)
    world = World()
    fresh = [people.identity() for _ in range(3)]
    everybody = [*world.numbers, *fresh]
    places = [world.again, world.theirs, factories.intervention(world.ours.association)]

    def registering(where: Intervention) -> Callable[[], object]:
        registrar = factories.actor(factories.registrar(where))

        def register() -> None:
            for who in everybody:
                for _attempt in range(3):  # two at once with the same new human: one is asked to save again
                    with suppress(ValidationError):
                        people.participation(where, registrar, who=who)
                        break

        return register

    assert not at_once(lambda: rotate(file), *map(registering, places))
    rotate(file, lambda: None)
    assert Participation.objects.count() == 4 + 3 * len(everybody)
    numbers = [(one.controller_id, one.open_number()) for one in Person.objects.order_by("pk")]
    assert len(numbers) == len(set(numbers)) == 2 * len(everybody)
    assert Pseudonym.objects.count() == len(everybody)
    names = {(one.open_number(), one.pseudonym_id) for one in Person.objects.order_by("pk")}
    assert len(names) == len(everybody)
    connection.close()


def kept_of(model: type[models.Model]) -> Iterator[str]:
    """The columns of a model in which something is sealed or indexed, by what they hold and what they are called."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.BinaryField) or field.name.startswith("sealed_") or "blind_index" in field.name:
            yield field.name


@pytest.mark.once
def test_everything_that_is_sealed_or_indexed_is_known_to_the_change_of_keys() -> None:
    found = {model: set(kept_of(model)) for model in apps.get_models(include_auto_created=True)}
    known = {place.model: {*place.sealed, *place.indexed} for place in resealing.PLACES}
    assert {model: names for model, names in found.items() if names} == known


@pytest.mark.once
def test_keys_are_asked_for_in_one_place_and_what_they_make_is_kept_in_one_room() -> None:
    reading = {path for path in source.modules() if "KEYRING" in path.read_text("utf-8")}
    assert {source.dotted(path) for path in reading} == {
        "finsam.cli.home.opening",
        "finsam.config.settings",
        "finsam.participants.ciphers",
        "finsam.participants.resealing",
    }
    sealing = {path for path in source.modules() if "import ciphers" in path.read_text("utf-8")}
    rooms = {source.dotted(path).split(".")[1] for path in reading | sealing} - {"cli", "config"}
    assert rooms == {"demo", "participants"}


TOUCHING = {"seal", "hold", "blind_index"}
LOCKING = {"settle", "share", "alone"}


def names_in(function: ast.AST) -> set[str]:
    nodes = list(ast.walk(function))
    found = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return found | {node.id for node in nodes if isinstance(node, ast.Name)}


def locks(function: ast.AST) -> bool:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    wanted = {f"{module}.{name}" for module in ("resealing", "key_lock") for name in LOCKING}
    return bool({ast.unparse(call) for call in calls} & wanted)


def is_unlocked(name: str, functions: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function seals, indexes or looks by an index, itself or through others, and holds no lock."""
    if name in seen or locks(functions[name]):
        return False
    names = names_in(functions[name])
    return bool(names & TOUCHING) or any(is_unlocked(one, functions, seen | {name}) for one in names & functions.keys())


@pytest.mark.once
def test_whoever_seals_or_looks_by_an_index_holds_the_lock() -> None:
    paths = source.files_of("participants", "actions")
    own = {node.name: node for path in paths for node in source.functions(source.tree(path))}
    public = [node.name for path in paths for node in source.public_functions(source.tree(path))]
    functions = {name: node for name, node in own.items() if isinstance(node, ast.FunctionDef)}
    assert not [name for name in public if is_unlocked(name, functions)]
    planted = ast.parse("def planted():\n    _further()\n\ndef _further():\n    person.hold(name=1)\n")
    further = {node.name: node for node in source.public_functions(planted)}
    assert is_unlocked("planted", {**further, "_further": planted.body[1]})  # type: ignore[dict-item]
