"""The map of the site: French words, one line for each app."""

from __future__ import annotations

from django.urls import include, path

from jalons.invitations import urls as invitations

urlpatterns = [
    # Addresses are tried in order: first, what the telephones of a room ask at once.
    path("", include("jalons.live.urls")),
    path("", include("jalons.workshops.urls")),
    path("", include("jalons.accounts.urls")),
    path("", include("jalons.privacy.urls")),
    path("", include("jalons.spaces.urls")),
    path("", include("jalons.indices.urls")),
    path("", include("jalons.directory.urls")),
    path("", include("jalons.curation.urls")),
    path("", include("jalons.actors.urls")),
    path("", include("jalons.professionals.urls")),
    path("", include("jalons.groups.urls")),
    path("", include("jalons.meetings.urls")),
    path("", include("jalons.ecosystems.urls")),
    path("", include("jalons.tours.urls")),
    path("", include("jalons.resources.urls")),
    path("", include("jalons.community.urls")),
    path("", include("jalons.orientation.urls")),
    path("", include("jalons.coverage.urls")),
    path("", include("jalons.questionnaires.urls")),
    path("", include("jalons.surveys.urls")),
    path("", include("jalons.reconciliation.urls")),
    path("", include("jalons.imports.urls")),
    path("", include("jalons.invitations.urls")),
    path(
        "integre/<slug:slug>/",
        include((invitations.embedded, "surveys"), namespace="embedded"),
    ),
    path("", include("jalons.keying.urls")),
    path("", include("jalons.interviews.urls")),
    path("", include("jalons.pocket.urls")),
    path("", include("jalons.rounds.urls")),
    path("", include("jalons.callbacks.urls")),
    path("", include("jalons.fieldwork.urls")),
    path("", include("jalons.observatory.urls")),
    path("", include("jalons.indicators.urls")),
    path("", include("jalons.tabulations.urls")),
    path("", include("jalons.returns.urls")),
    path("", include("jalons.synthesis.urls")),
    path("", include("jalons.diagnosis.urls")),
    path("", include("jalons.rooms.urls")),
    path("", include("jalons.roadmaps.urls")),
    path("", include("jalons.coordination.urls")),
    path("", include("jalons.evaluation.urls")),
    path("", include("jalons.panels.urls")),
    path("", include("jalons.funding.urls")),
    path("", include("jalons.steering.urls")),
    path("", include("jalons.margins.urls")),
    path("", include("jalons.communication.urls")),
    path("", include("jalons.adoption.urls")),
    path("", include("jalons.histories.urls")),
    path("", include("jalons.steps.urls")),
    path("", include("jalons.network.urls")),
    path("", include("jalons.front.urls")),
]
