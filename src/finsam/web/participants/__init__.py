"""Participants: the only pages that know of persons; absent when their room is left out."""

from django.urls import path

from finsam.web.participants import behind, enrolment, lists, persons, stays

urlpatterns = [
    path("deltagare/", lists.participants, name="participants"),
    path("deltagare/att-gora/", lists.participants_waiting, name="participants_waiting"),
    path("deltagare/<int:pk>/", persons.participation, name="participation"),
    path("deltagare/<int:pk>/avsluta/", stays.participation_end, name="participation_end"),
    path("deltagare/<int:pk>/ratta/", stays.participation_correct, name="participation_correct"),
    path("deltagare/<int:pk>/felregistrering/", stays.participation_wrong, name="participation_wrong"),
    path("deltagare/<int:pk>/nummer/", persons.person_number, name="person_number"),
    path("deltagare/<int:pk>/ta-bort/", persons.person_erase, name="person_erase"),
    path("insatser/<int:pk>/deltagare/", lists.intervention_participants, name="intervention_participants"),
    path("insatser/<int:pk>/deltagare/att-gora/", lists.intervention_waiting, name="intervention_waiting"),
    path(
        "utgavor/<slug:identifier>/bakom/<slug:table>/<path:key>/",
        behind.figure_participants,
        name="figure_participants",
    ),
    path("insatser/<int:pk>/registrera/", enrolment.enrol, name="enrol"),
    path("insatser/<int:pk>/registrera/<int:consent>/", enrolment.enrol_person, name="enrol_person"),
    path("insatser/<int:pk>/registrera/<int:consent>/ta-bort/", enrolment.consent_discard, name="consent_discard"),
]
