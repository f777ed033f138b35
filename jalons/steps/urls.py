from __future__ import annotations

from django.urls import path

from jalons.steps import views

app_name = "steps"
urlpatterns = [
    path("feuilles-de-route/<int:pk>/etapes/", views.path, name="path"),
    path("feuilles-de-route/<int:pk>/etapes/<slug:step>/", views.step, name="step"),
    path(
        "feuilles-de-route/<int:pk>/etapes/<slug:step>/<slug:criterion>/",
        views.state,
        name="state",
    ),
]
