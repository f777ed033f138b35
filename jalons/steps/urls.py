from __future__ import annotations

from django.urls import path

from jalons.steps import condition_views, public_views, views

app_name = "steps"
urlpatterns = [
    path("methode/", public_views.method, name="method"),
    path("methode/guide.<slug:format>", public_views.guide_file, name="guide_file"),
    path("feuilles-de-route/<int:pk>/etapes/", views.path, name="path"),
    path("feuilles-de-route/<int:pk>/etapes/<slug:step>/", views.step, name="step"),
    path(
        "feuilles-de-route/<int:pk>/etapes/<slug:step>/<slug:criterion>/",
        views.state,
        name="state",
    ),
    path(
        "feuilles-de-route/<int:pk>/conditions/",
        condition_views.conditions,
        name="conditions",
    ),
    path(
        "feuilles-de-route/<int:pk>/conditions/<slug:condition>/",
        condition_views.condition,
        name="condition",
    ),
]
