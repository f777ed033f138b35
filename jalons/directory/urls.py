from __future__ import annotations

from django.urls import path

from jalons.directory import views

app_name = "directory"
LIST = "listes-de-lieux/<int:pk>/data-inclusion/"
urlpatterns = [
    path("trouver-de-l-aide/", views.find, name="find"),
    path("trouver-de-l-aide/integre/", views.embed, name="embed"),
    path("lieux/<int:pk>/", views.show, name="show"),
    path("listes-de-lieux/<int:pk>/lieux.csv", views.list_csv, name="list_csv"),
    path("listes-de-lieux/<int:pk>/lieux.json", views.list_json, name="list_json"),
    path(f"{LIST}structures.json", views.structures, name="structures"),
    path(f"{LIST}services.json", views.services, name="services"),
]
