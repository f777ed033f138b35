from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.imports import mapping_views, views

app_name = "imports"

of_file = [
    path("", views.show, name="show"),
    path("titres/", mapping_views.header, name="header"),
    path("colonnes/", mapping_views.columns, name="columns"),
    path("valeurs/", mapping_views.values, name="values"),
    path("confirmer/", views.confirm, name="confirm"),
    path("reprendre/", views.resume, name="resume"),
    path("oublier/", views.forget, name="forget"),
    path("annuler/", views.undo, name="undo"),
    path("ecartees.csv", views.quarantine, name="quarantine"),
    path("correspondance.toml", mapping_views.mapping, name="mapping"),
    path("garder/", mapping_views.save, name="save"),
]

of_survey: list[URLPattern | URLResolver] = [
    path("", views.create, name="create"),
    path("exemple.toml", mapping_views.example, name="example"),
    path("<int:import_pk>/", include(of_file)),
]

of_space = [
    path("", mapping_views.mappings, name="mappings"),
    path("<int:mapping_pk>.toml", mapping_views.saved_mapping, name="saved_mapping"),
    path(
        "<int:mapping_pk>/oublier/",
        mapping_views.forget_mapping,
        name="forget_mapping",
    ),
]

urlpatterns = [
    path("enquetes/<int:pk>/importer/", include(of_survey)),
    path("espaces/<int:space_pk>/correspondances/", include(of_space)),
]
