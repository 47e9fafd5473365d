"""A change built on an older state is refused, also when two save in the same moment."""

import threading
from itertools import pairwise

import pytest
from django.db import connection

from finsam.access import actions, versions
from finsam.access.models import User
from finsam.interventions import actions as interventions
from finsam.interventions.models import Intervention, Plan
from tests import factories


def at_once(*writers):
    """Let all begin in the same moment, each on a connection of its own; gives how many came too late."""
    ready, late = threading.Barrier(len(writers)), []

    def write(writer):
        ready.wait(60)
        try:
            writer()
        except versions.Outdated:
            late.append(writer)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(late)


def rename(who, name, seen):
    facts = {"email": who.email, "employer": who.employer, "language": who.language}
    return actions.change_user(actor=factories.operator(), user=who, name=name, seen=seen, **facts)


@pytest.mark.django_db
def test_a_change_with_an_older_version_is_refused_and_one_with_the_newest_is_done():
    who = factories.user()
    first = versions.version(who)
    rename(who, "Testa Ett", first)
    with pytest.raises(versions.Outdated, match="Någon annan har sparat"):
        rename(who, "Testa Två", first)
    assert User.objects.get(pk=who.pk).name == "Testa Ett"
    rename(User.objects.get(pk=who.pk), "Testa Två", versions.version(who))
    assert User.objects.get(pk=who.pk).name == "Testa Två"


@pytest.mark.django_db
def test_a_value_row_that_is_added_or_taken_away_makes_a_newer_version():
    one = factories.intervention()
    seen = [versions.version(one)]
    for groups in (["long_term_sick", "newly_arrived"], ["newly_arrived"]):
        facts = {name: getattr(one, name) for name in (*one.FORM, "ends_before")}
        parties = [row.party for row in one.performers.order_by("pk")]
        interventions.change(
            actor=factories.operator(), intervention=one, need_groups=groups, performers=parties, **facts
        )
        seen.append(versions.version(one))
    assert [versions.is_newer(now, before) for before, now in pairwise(seen)] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_the_same_state_in_the_same_moment_one_is_refused():
    who = factories.user()
    seen = versions.version(who)
    rows = [User.objects.get(pk=who.pk) for _ in range(2)]
    assert at_once(lambda: rename(rows[0], "Testa Ett", seen), lambda: rename(rows[1], "Testa Två", seen)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_a_year_that_had_no_plan_one_is_refused():
    one = factories.intervention()
    seen = versions.version_of(one, "plans")
    rows = [Intervention.objects.get(pk=one.pk) for _ in range(2)]

    def plan(row, number):
        interventions.plan(actor=factories.operator(), intervention=row, year=2021, participants=number, seen=seen)

    assert at_once(lambda: plan(rows[0], 20), lambda: plan(rows[1], 30)) == 1
    assert Plan.objects.count() == 1
