from __future__ import annotations

from django.urls import path

from jalons.cli import views

app_name = "cli"
urlpatterns = [
    path("sante/pret/", views.ready, name="ready"),
    path("sante/mesures/", views.measures, name="measures"),
]
