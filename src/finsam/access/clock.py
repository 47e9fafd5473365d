"""Which moment it is in this home: the real one, or the demo's fixed day. Called by doors, which pass `now`."""

from datetime import datetime

from django.utils import timezone

from finsam.access.models import Installation


def moment(now: datetime) -> datetime:
    """The moment a change is registered at: `now`, moved to the fixed day in a demo home."""
    return moment_in(Installation.objects.first(), now)


def moment_in(home: Installation | None, now: datetime) -> datetime:
    """The same in a home that has been read already."""
    local = timezone.localtime(now)
    if home is None or home.fixed_today is None:
        return local
    fixed = datetime.combine(home.fixed_today, local.time())
    return timezone.make_aware(fixed)
