from __future__ import annotations

from django.urls import include, path

from jalons.reconciliation import (
    discuss_views,
    public_views,
    request_views,
    views,
    wave_views,
)

app_name = "reconciliation"

of_survey = [
    path("rapprochement/", views.show, name="show"),
    path("epci/<str:code>/rapprochement/", views.territory, name="territory"),
    path("epci/<str:code>/rapprochement/revenir/", views.drop, name="drop"),
    path("epci/<str:code>/a-discuter/", discuss_views.discuss, name="discuss"),
    path(
        "epci/<str:code>/a-discuter.pdf", discuss_views.discuss_pdf, name="discuss_pdf"
    ),
    path("validations/", request_views.validations, name="validations"),
    path("validations/demander/", request_views.requests, name="requests"),
    path("validations/<str:code>/retirer/", request_views.withdraw, name="withdraw"),
    path("nouvelle-vague/", wave_views.new_wave, name="new_wave"),
    path("evolution/", wave_views.evolution, name="evolution"),
    path(
        "evolution/fichier.<slug:format>",
        wave_views.evolution_file,
        name="evolution_file",
    ),
]

urlpatterns = [
    path("enquetes/<int:pk>/", include(of_survey)),
    path("valider/<str:secret>/", public_views.open, name="open"),
    path("valider/<str:secret>/corriger/", public_views.correct, name="correct"),
]
