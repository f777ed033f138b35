from __future__ import annotations

from django.urls import path

from jalons.pocket import api, file_views, views

app_name = "pocket"

urlpatterns = [
    path("enqueteur/", views.app, name="app"),
    path("enqueteur/application.webmanifest", views.manifest, name="manifest"),
    path("enqueteur/service-worker.js", views.worker, name="worker"),
    path("enqueteur/service-worker-sync.js", views.sync_worker, name="sync_worker"),
    path("enqueteur/api/entrer/", api.join, name="join"),
    path("enqueteur/api/dossier/", api.handout, name="handout"),
    path("enqueteur/api/envoi/", api.receive, name="receive"),
    path("terrain/<int:pk>/fichier/", file_views.bring, name="bring"),
]
