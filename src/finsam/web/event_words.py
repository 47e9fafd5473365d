"""Every event of the trail in words: what was done, as who, and to which kind of record."""

from collections.abc import Mapping
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_stubs_ext import StrPromise

from finsam.access import trail
from finsam.access.actors import ONESELF, OPERATION

# What each action that `access.audit` notes is called; a test finds those that are missing.
ACTIONS: Final[Mapping[str, StrPromise]] = {
    "access.accept": lazy("Valde lösenord med engångslänken"),
    "access.change_user": lazy("Ändrade en användares uppgifter"),
    "access.create_user": lazy("Lade till en användare"),
    "access.grant": lazy("Gav en roll"),
    "access.invite": lazy("Gav en engångslänk"),
    "access.prepare": lazy("Gjorde i ordning installationen"),
    "access.register_organisation": lazy("Lade till en organisation"),
    "access.rename_organisation": lazy("Bytte namn på en organisation"),
    "access.revoke": lazy("Tog bort en roll"),
    "access.set_active": lazy("Öppnade eller stängde en inloggning"),
    "access.set_language": lazy("Valde språk"),
    "access.upgraded": lazy("Uppgraderade installationen"),
    "associations.activate": lazy("Satte förbundet i drift"),
    "associations.add_member": lazy("Lade till en medlem"),
    "associations.change": lazy("Ändrade förbundets uppgifter"),
    "associations.close": lazy("Avslutade förbundet"),
    "associations.cover": lazy("Lade till en kommun"),
    "associations.create": lazy("Lade till förbundet"),
    "associations.end_coverage": lazy("Avslutade en kommun"),
    "associations.end_membership": lazy("Avslutade ett medlemskap"),
    "codes.add": lazy("Lade till en kod"),
    "codes.close": lazy("Stängde en kod"),
    "codes.confirm": lazy("Bekräftade en kod"),
    "demo.load": lazy("Läste in demon"),
    "interventions.assign": lazy("Gav ett uppdrag"),
    "interventions.change": lazy("Ändrade insatsen"),
    "interventions.choose": lazy("Ändrade insatsens behovsgrupper eller parter"),
    "interventions.count_heads": lazy("Räknade in utan namn"),
    "interventions.create": lazy("Skapade insatsen"),
    "interventions.end_assignment": lazy("Avslutade ett uppdrag"),
    "interventions.lock": lazy("Låste insatsen när något hade registrerats"),
    "interventions.plan": lazy("Planerade antal"),
    "participants.change_identity": lazy("Ändrade namn eller nummer"),
    "participants.choose": lazy("Ändrade försörjning eller behovsgrupp"),
    "participants.correct": lazy("Rättade uppgifter vid start"),
    "participants.destroy_key": lazy("Förstörde en nyckel för samkörning"),
    "participants.discard_consent": lazy("Tog bort ett samtycke"),
    "participants.end": lazy("Registrerade ut"),
    "participants.enrol": lazy("Registrerade en deltagare"),
    "participants.erase": lazy("Tog bort en person"),
    "participants.make_key": lazy("Gjorde en nyckel för samkörning"),
    "participants.record_consent": lazy("Registrerade ett samtycke"),
    "reporting.ask": lazy("Ställde en fråga"),
    "reporting.compare": lazy("Jämförde med en siffra utifrån"),
    "reporting.compile_edition": lazy("Sammanställde en utgåva"),
    "reporting.count_late": lazy("Räknade eftersläpningen"),
    "reporting.discard_question": lazy("Tog bort en sparad fråga"),
    "reporting.import_denominators": lazy("Läste in bidragsmottagare"),
    "reporting.publish": lazy("Publicerade en utgåva"),
    "reporting.replace": lazy("Ersatte en utgåva"),
    "reporting.request_edition": lazy("Beställde en utgåva"),
    "reporting.request_report": lazy("Beställde en rapport"),
    "reporting.review": lazy("Granskade en utgåva"),
    "reporting.save_question": lazy("Sparade en fråga"),
    "reporting.store_linkage": lazy("Lade in en samkörning"),
    "reporting.take": lazy("Tog en ögonblicksbild"),
}
# What the row history alone says, of what was written many rows at once.
KINDS: Final[Mapping[str, StrPromise]] = {"+": lazy("Registrerade"), "~": lazy("Ändrade"), "-": lazy("Tog bort")}


def action(name: str) -> str:
    """An action in words; its own name where an older or newer version wrote it."""
    return str(ACTIONS.get(name, name))


def done(event: trail.Event) -> str:
    """What was done to a record at one moment: the action that was asked for, or what became of the rows."""
    if event.actions:
        return action(event.actions[0])
    kind = next(iter(event.kinds)) if len(event.kinds) == 1 else "~"
    return str(KINDS[kind])


def capacity(role: str, user_id: int | None) -> str:
    """As what somebody acted, as the trails noted it at the time; '' where nothing was noted."""
    if role == OPERATION or (not role and user_id is None):
        return _("Driften")
    return _("För egen del") if role == ONESELF else trail.role_name(role)


def kinds() -> Mapping[str, str]:
    """What the kinds of records are called, by the trail's name of each, in the order of the words."""
    rooms = [room for room in settings.ROOMS if apps.is_installed(f"finsam.{room}")]
    every: list[Any] = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    named = {
        model._meta.label_lower: str(model._meta.verbose_name)
        for model in every
        if not model._meta.object_name.startswith("Historical")
    }
    return dict(sorted(named.items(), key=lambda item: item[1]))
