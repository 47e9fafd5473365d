"""Interventions: lists, an intervention's page, changes to it, its numbers, and who works in it."""

from django.urls import path

from finsam.web.interventions import changes, numbers, pages, work

urlpatterns = [
    path("insatser/", pages.interventions, name="interventions"),
    path("insatser/<int:pk>/", pages.intervention, name="intervention"),
    path("insatser/<int:pk>/andra/", changes.intervention_edit, name="intervention_edit"),
    path("insatser/<int:pk>/plan/", numbers.intervention_plan, name="intervention_plan"),
    path("insatser/<int:pk>/antal/", numbers.intervention_heads, name="intervention_heads"),
    path("insatser/<int:pk>/uppdrag/<slug:role>/", work.assignment_add, name="assignment_add"),
    path("insatser/<int:pk>/uppdrag/<int:assignment>/avsluta/", work.assignment_end, name="assignment_end"),
    path("forbund/<int:pk>/insatser/", pages.association_interventions, name="association_interventions"),
    path("insatser/ny/<int:pk>/", changes.intervention_create, name="intervention_create"),
]
