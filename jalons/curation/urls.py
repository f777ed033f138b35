from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.curation import import_views, report_views, twin_views, views

app_name = "curation"

of_import: list[URLPattern | URLResolver] = [
    path("", import_views.show, name="show"),
    path("colonnes/", import_views.columns, name="columns"),
    path("valeurs/", import_views.values, name="values"),
    path("confirmer/", import_views.confirm, name="confirm"),
    path("reprendre/", import_views.resume, name="resume"),
    path("oublier/", import_views.forget, name="forget"),
    path("annuler/", import_views.undo, name="undo"),
    path("lignes-ecartees.csv", import_views.quarantine, name="quarantine"),
]
of_space: list[URLPattern | URLResolver] = [
    path("", views.list, name="list"),
    path("importer/", import_views.create, name="create"),
    path("importer/<int:import_pk>/", include(of_import)),
    path("a-completer/", views.to_complete, name="to_complete"),
    path("a-completer.csv", views.to_complete_csv, name="to_complete_csv"),
    path("<int:place_pk>/corriger/", views.correct, name="correct"),
    path("doublons/", twin_views.twins, name="twins"),
    path("doublons/<int:pair_pk>/", twin_views.compare, name="compare"),
    path("doublons/<int:pair_pk>/separer/", twin_views.part, name="part"),
    path("signalements/", report_views.reports, name="reports"),
    path("signalements/<int:report_pk>/", report_views.close, name="close"),
]
urlpatterns = [
    path("espaces/<int:space_pk>/lieux/", include(of_space)),
    path("lieux/<int:pk>/signaler/", report_views.report, name="report"),
]
