from __future__ import annotations

from django.urls import path

from jalons.communication import material_views, views

app_name = "communication"
of_roadmap = "feuilles-de-route/<int:pk>/communication/"
one = f"{of_roadmap}<int:announcement_pk>/"
urlpatterns = [
    path(of_roadmap, views.show, name="show"),
    path(f"{of_roadmap}nouvelle/", views.add, name="add"),
    path(one, views.change, name="change"),
    path(f"{one}retirer/", views.remove, name="remove"),
    path(f"{of_roadmap}qui-sait-quoi/", views.told, name="told"),
    path(f"{of_roadmap}communication.csv", views.export_csv, name="export_csv"),
    path(
        f"{of_roadmap}imprimer/<slug:material>.<str:format>",
        material_views.material,
        name="material",
    ),
]
