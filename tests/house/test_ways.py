"""Whoever follows the links of a page comes to a page: no role is led to what it may not see, or to nothing."""

import re

import pytest
from django.test import Client

from finsam.access.roles import Role

LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
DEAD = {403, 404, 405, 500}
MOST = 400  # pages of a role; what the lists lead to is the same again and again


def kind(address: str) -> str:
    """An address without its numbers and marks: pages of a kind have links of a kind."""
    return re.sub(r"\d+", "0", address.partition("?")[0])


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_no_role_is_led_to_a_page_that_is_not_there_or_not_for_it(home, role):
    if role not in home.users:
        return
    client = Client()
    client.force_login(home.users[role])
    waiting, seen, dead = [("/", "/")], {"/"}, {}
    while waiting and len(seen) < MOST:
        address, before = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code in DEAD:
            dead[address] = f"{answer.status_code}, from {before}"
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        found = (link.replace("&amp;", "&") for link in LINK.findall(answer.content.decode()))
        for link in found:
            if not link.startswith("/static/") and kind(link) not in {kind(one) for one in seen}:
                seen.add(link)
                waiting.append((link, address))
    assert not dead
    assert len(seen) > 3
