"""Every event of the trail in words: what was done, as who, and to which kind of record."""

from collections.abc import Mapping
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from finsam.access import trail
from finsam.access.actors import ONESELF, OPERATION

# What each action that `access.audit` notes is called; a test finds those that are missing.
ACTIONS: Final[Mapping[str, StrPromise]] = {
    "access.accept": gettext_lazy("Valde lösenord med engångslänken"),
    "access.change_user": gettext_lazy("Ändrade en användares uppgifter"),
    "access.confirm_grant": gettext_lazy("Bekräftade en roll"),
    "access.confirm_link": gettext_lazy("Bekräftade en engångslänk"),
    "access.create_user": gettext_lazy("Lade till en användare"),
    "access.end_sessions": gettext_lazy("Loggade ut användaren överallt"),
    "access.grant": gettext_lazy("Gav en roll"),
    "access.invite": gettext_lazy("Gav en engångslänk"),
    "access.prepare": gettext_lazy("Gjorde i ordning installationen"),
    "access.register_organisation": gettext_lazy("Lade till en organisation"),
    "access.rename_organisation": gettext_lazy("Bytte namn på en organisation"),
    "access.revoke": gettext_lazy("Tog bort en roll"),
    "access.set_active": gettext_lazy("Öppnade eller stängde en inloggning"),
    "access.set_language": gettext_lazy("Valde språk"),
    "access.tell_links": gettext_lazy("Fick veta om en engångslänk"),
    "access.upgraded": gettext_lazy("Uppgraderade installationen"),
    "access.withdraw_link": gettext_lazy("Tog tillbaka en engångslänk"),
    "associations.activate": gettext_lazy("Satte förbundet i drift"),
    "associations.add_member": gettext_lazy("Lade till en medlem"),
    "associations.change": gettext_lazy("Ändrade förbundets uppgifter"),
    "associations.close": gettext_lazy("Avslutade förbundet"),
    "associations.cover": gettext_lazy("Lade till en kommun"),
    "associations.create": gettext_lazy("Lade till förbundet"),
    "associations.end_coverage": gettext_lazy("Avslutade en kommun"),
    "associations.end_membership": gettext_lazy("Avslutade ett medlemskap"),
    "codes.add": gettext_lazy("Lade till en kod"),
    "codes.close": gettext_lazy("Stängde en kod"),
    "codes.confirm": gettext_lazy("Bekräftade en kod"),
    "codes.ship": gettext_lazy("Lade till koder ur en ny version"),
    "demo.load": gettext_lazy("Läste in demon"),
    "interventions.assign": gettext_lazy("Gav ett uppdrag"),
    "interventions.change": gettext_lazy("Ändrade insatsen"),
    "interventions.choose": gettext_lazy("Ändrade insatsens behovsgrupper eller parter"),
    "interventions.count_heads": gettext_lazy("Räknade in utan namn"),
    "interventions.create": gettext_lazy("Skapade insatsen"),
    "interventions.end_assignment": gettext_lazy("Avslutade ett uppdrag"),
    "interventions.lock": gettext_lazy("Låste insatsen när något hade registrerats"),
    "interventions.plan": gettext_lazy("Planerade antal"),
    "participants.begin_rotation": gettext_lazy("Började byta nycklar, eller fortsatte"),
    "participants.change_identity": gettext_lazy("Ändrade namn eller nummer"),
    "participants.choose": gettext_lazy("Ändrade försörjning eller behovsgrupp"),
    "participants.correct": gettext_lazy("Rättade uppgifter vid start"),
    "participants.destroy_key": gettext_lazy("Förstörde en nyckel för samkörning"),
    "participants.discard_consent": gettext_lazy("Tog bort ett samtycke"),
    "participants.end": gettext_lazy("Registrerade ut"),
    "participants.end_rotation": gettext_lazy("Bytte nycklar"),
    "participants.enrol": gettext_lazy("Registrerade en deltagare"),
    "participants.erase": gettext_lazy("Tog bort en person"),
    "participants.forget_index": gettext_lazy("Tog bort ett blindindex som ingen är känd under"),
    "participants.join_pseudonyms": gettext_lazy("Räknar två nummer som en människa"),
    "participants.make_key": gettext_lazy("Gjorde en nyckel för samkörning"),
    "participants.part_pseudonyms": gettext_lazy("Räknar två nummer som två människor igen"),
    "participants.record_consent": gettext_lazy("Registrerade ett samtycke"),
    "participants.retire_keys": gettext_lazy("Tog bort äldre nycklar"),
    "participants.try_number": gettext_lazy("Prövade ett nummer på en person"),
    "participants.try_too_many": gettext_lazy("Fick inte pröva fler nummer på personer den dagen"),
    "reporting.count_freely": gettext_lazy("Ställde en fri fråga"),
    "reporting.compare": gettext_lazy("Jämförde med en siffra utifrån"),
    "reporting.compile_edition": gettext_lazy("Sammanställde en utgåva"),
    "reporting.count_late": gettext_lazy("Räknade eftersläpningen"),
    "reporting.discard_bookmark": gettext_lazy("Tog bort ett bokmärke"),
    "reporting.import_denominators": gettext_lazy("Läste in bidragsmottagare"),
    "reporting.publish": gettext_lazy("Publicerade en utgåva"),
    "reporting.replace": gettext_lazy("Ersatte en utgåva"),
    "reporting.request_attack": gettext_lazy("Beställde ett angrepp på en utgåva"),
    "reporting.request_edition": gettext_lazy("Beställde en utgåva"),
    "reporting.request_late": gettext_lazy("Beställde en räkning av eftersläpningen"),
    "reporting.request_publish": gettext_lazy("Beställde att en utgåva publiceras"),
    "reporting.request_report": gettext_lazy("Beställde en rapport"),
    "reporting.review": gettext_lazy("Granskade en utgåva"),
    "reporting.save_bookmark": gettext_lazy("Sparade ett bokmärke"),
    "reporting.store_linkage": gettext_lazy("Lade in en samkörning"),
    "reporting.take": gettext_lazy("Tog en ögonblicksbild"),
}
# What nobody does any longer, and the trails of older homes tell.
FORMER: Final[Mapping[str, StrPromise]] = {
    "reporting.ask": gettext_lazy("Ställde en fråga"),
    "reporting.discard_question": gettext_lazy("Tog bort en sparad fråga"),
    "reporting.save_question": gettext_lazy("Sparade en fråga"),
}
EVERY: Final[Mapping[str, StrPromise]] = {**ACTIONS, **FORMER}
# What the row history alone says, of what was written many rows at once.
KINDS: Final[Mapping[str, StrPromise]] = {
    "+": gettext_lazy("Registrerade"),
    "~": gettext_lazy("Ändrade"),
    "-": gettext_lazy("Tog bort"),
}


def action(name: str) -> str:
    """An action in words; its own name where an older or newer version wrote it."""
    return str(EVERY.get(name, name))


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
