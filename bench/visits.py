"""What a visit needs to know of a filled home: who registers, in which intervention, and numbers to search for."""

from typing import Any

from django.db.models import Count

from finsam.access.roles import Role
from finsam.demo.users import PASSWORD, sign_ins
from finsam.interventions.models import Intervention
from finsam.participants.models import Participation


def known(numbers: str) -> dict[str, Any]:
    """The demo's registrar, their largest intervention, and numbers of people who stand in it, evenly spread."""
    email = next(one.email for one in sign_ins() if one.role is Role.PARTICIPANT_REGISTRAR)
    mine = Intervention.objects.filter(assignments__user__email=email, ends_before=None, method="identified")
    sizes = mine.annotate(stays=Count("participations", distinct=True)).order_by("-stays", "pk")
    intervention = sizes[0]
    stays = Participation.objects.filter(intervention=intervention).order_by("number").select_related("person")
    step = max(1, intervention.participations.count() // int(numbers))
    return {
        "email": email,
        "password": PASSWORD,
        "intervention": intervention.pk,
        "participations": intervention.participations.count(),
        "numbers": [stay.person.open_number() for stay in stays[::step][: int(numbers)]],
    }
