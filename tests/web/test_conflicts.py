"""Two people in one form: the later one is told, chooses field by field, and nothing of either is lost in silence."""

import re

import pytest
from django.urls import reverse

from finsam.access.models import User
from finsam.access.roles import Role
from finsam.codes.models import Code
from finsam.interventions.models import HeadCount, Intervention, Plan
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
CHECKED = re.compile(r'name="(choose-[\w-]+)" value="(\w+)" id="\w+" checked')


def carried(answer):
    """The hidden fields of a page, by name, as a browser sends them back."""
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(answer.content.decode()):
        found.setdefault(name, []).append(value.replace("&quot;", '"').replace("&amp;", "&").replace("&#x27;", "'"))
    return found


def opened(browser, address):
    answer = browser.get(address)
    return {name: carried(answer)[name] for name in ("seen", "opened")}


def choices(answer):
    return dict(CHECKED.findall(answer.content.decode()))


@pytest.fixture
def admin(visitor):
    return visitor(factories.user(None, Role.SYSTEM_ADMIN))


@pytest.fixture
def person():
    return factories.user(factories.agency())


@pytest.fixture
def address(person):
    return reverse("user_edit", args=[person.pk])


def typed(person, **changes):
    facts = {"name": person.name, "email": person.email, "employer": person.employer_id, "language": person.language}
    return facts | changes


def test_an_older_form_is_answered_with_what_was_written_what_stands_now_and_what_stood(admin, address, person):
    mine, other = opened(admin, address), opened(admin, address)
    assert admin.post(address, typed(person, name="Testa Andra") | other).status_code == 302
    answer = admin.post(address, typed(person, name="Testa Jag") | mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words, value in (("Du skrev", "Testa Jag"), ("Står nu", "Testa Andra")):
        assert f"{words}: <strong>{value}</strong>" in page
    assert f"Stod när du öppnade: {person.name}" in page
    assert User.objects.get(pk=person.pk).name == "Testa Andra"


def test_both_have_changed_a_field_so_that_one_must_choose(admin, address, person):
    mine, other = opened(admin, address), opened(admin, address)
    admin.post(address, typed(person, name="Testa Andra") | other)
    shown = admin.post(address, typed(person, name="Testa Jag") | mine)
    assert choices(shown) == {}
    again = admin.post(address, carried(shown))
    assert again.status_code == 409
    assert "Välj vad som ska gälla." in again.content.decode()
    assert User.objects.get(pk=person.pk).name == "Testa Andra"
    assert admin.post(address, carried(again) | {"choose-name": "mine"}).status_code == 302
    assert User.objects.get(pk=person.pk).name == "Testa Jag"


def test_what_only_one_of_two_has_changed_is_chosen_beforehand_and_both_are_kept(admin, address, person):
    mine, other = opened(admin, address), opened(admin, address)
    admin.post(address, typed(person, name="Testa Andra") | other)
    shown = admin.post(address, typed(person, email="ny@example.invalid") | mine)
    assert choices(shown) == {"choose-name": "theirs", "choose-email": "mine"}
    assert admin.post(address, carried(shown) | choices(shown)).status_code == 302
    saved = User.objects.get(pk=person.pk)
    assert (saved.name, saved.email) == ("Testa Andra", "ny@example.invalid")


def test_a_third_who_saves_while_one_chooses_is_shown_too(admin, address, person):
    mine, second, third = (opened(admin, address) for _ in range(3))
    admin.post(address, typed(person, name="Testa Andra") | second)
    shown = admin.post(address, typed(person, name="Testa Jag") | mine)
    answer = admin.post(address, typed(person, name="Testa Tredje") | third)
    admin.post(address, carried(answer) | {"choose-name": "mine"})
    last = admin.post(address, carried(shown) | {"choose-name": "mine"})
    assert last.status_code == 409
    assert "Står nu: <strong>Testa Tredje</strong>" in last.content.decode()
    assert User.objects.get(pk=person.pk).name == "Testa Tredje"


def test_a_form_with_a_fault_keeps_the_version_it_was_opened_on(admin, address, person):
    mine, other = opened(admin, address), opened(admin, address)
    admin.post(address, typed(person, name="Testa Andra") | other)
    shown = admin.post(address, typed(person, name="Testa Jag", email="fel") | mine)
    assert shown.status_code == 200
    assert carried(shown)["seen"] == mine["seen"]
    assert admin.post(address, typed(person, name="Testa Jag") | mine).status_code == 409


def test_a_version_that_is_none_was_seen_by_nobody(admin, address, person):
    for seen in ("x", "1.2", "-", "١"):
        assert admin.post(address, typed(person, name="Testa Jag", seen=seen)).status_code == 409
    assert User.objects.get(pk=person.pk).name == person.name


def test_the_same_day_written_otherwise_is_no_difference(admin):
    one = Code.objects.filter(list="need_group").order_by("pk")[0]
    address = reverse("code_close", args=[one.pk])
    mine, other = opened(admin, address), opened(admin, address)
    assert admin.post(address, {"ends_before": "2021-06-30"} | other).status_code == 302
    page = admin.post(address, {"ends_before": "20210630"} | mine)
    assert page.status_code == 409
    assert "Det som har ändrats står inte i det här formuläret." in page.content.decode()
    assert admin.post(address, carried(page)).status_code == 302


def test_values_in_rows_of_their_own_belong_to_the_version(visitor):
    one = factories.intervention()
    boss = visitor(factories.lead(one))
    address = reverse("intervention_edit", args=[one.pk])
    page = boss.get(address)
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in sent.items()}
    mine, other = opened(boss, address), opened(boss, address)
    assert boss.post(address, sent | {"need_groups": ["newly_arrived"]} | other).status_code == 302
    answer = boss.post(address, sent | {"description": "Påhittad"} | mine)
    assert answer.status_code == 409
    assert choices(answer) == {"choose-need_groups": "theirs", "choose-description": "mine"}
    assert boss.post(address, carried(answer) | choices(answer)).status_code == 302
    saved = Intervention.objects.get(pk=one.pk)
    assert saved.description == "Påhittad"
    assert [row.need_group for row in saved.target_groups.order_by("pk")] == ["newly_arrived"]


def test_a_plan_is_asked_about_when_somebody_planned_the_same_year_and_not_another(visitor):
    one = factories.intervention()
    boss = visitor(factories.lead(one))
    address = reverse("intervention_plan", args=[one.pk])
    mine, second, third = (opened(boss, address) for _ in range(3))
    assert boss.post(address, {"year": 2021, "participants": 20} | second).status_code == 302
    assert boss.post(address, {"year": 2022, "participants": 25} | third).status_code == 302
    answer = boss.post(address, {"year": 2021, "participants": 30} | mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Du skrev: <strong>30</strong>" in page
    assert "Står nu: <strong>20</strong>" in page
    assert "Stod när du öppnade: –" in page
    assert boss.post(address, carried(answer) | {"choose-participants": "theirs"}).status_code == 302
    assert list(Plan.objects.order_by("year").values_list("year", "participants")) == [(2021, 20), (2022, 25)]


def test_heads_counted_meanwhile_are_shown_beside_those_that_were_written(visitor):
    one = factories.intervention(method="numbers_only", controller=None)
    boss = visitor(factories.lead(one))
    address = reverse("intervention_heads", args=[one.pk])
    boss.post(address, {"year": 2020, "women": 3, "men": 4} | opened(boss, address))
    mine, other = opened(boss, address), opened(boss, address)
    boss.post(address, {"year": 2020, "women": 5, "men": 4} | other)
    answer = boss.post(address, {"year": 2020, "women": 3, "men": 9} | mine)
    assert choices(answer) == {"choose-women": "theirs", "choose-men": "mine"}
    boss.post(address, carried(answer) | choices(answer))
    assert list(HeadCount.objects.values_list("women", "men")) == [(5, 9)]


def test_a_button_on_a_page_that_is_too_old_does_nothing_and_says_so(admin, person):
    seen = carried(admin.get(reverse("user", args=[person.pk])))["seen"][0]
    admin.post(reverse("user_edit", args=[person.pk]), typed(person, name="Testa Andra"))
    answer = admin.post(reverse("user_active", args=[person.pk]), {"active": "0", "seen": seen}, follow=True)
    assert "Någon annan har sparat sedan du öppnade sidan." in answer.content.decode()
    assert User.objects.get(pk=person.pk).is_active
