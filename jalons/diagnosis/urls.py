from __future__ import annotations

from django.urls import path

from jalons.diagnosis import file_views, hour_views, public_views, views

app_name = "diagnosis"
portrait = "territoires/<str:code>/diagnostic/"
team = "diagnostics/<int:pk>/"
urlpatterns = [
    path(portrait, public_views.show, name="show"),
    path(f"{portrait}communes/", public_views.communes, name="communes"),
    path(f"{portrait}communes/csv/", public_views.communes_csv, name="communes_csv"),
    path(
        f"{portrait}communes/fichier/<str:format>/",
        file_views.communes_file,
        name="communes_file",
    ),
    path(f"{portrait}fichier/json/", file_views.figures_json, name="figures_json"),
    path(f"{portrait}fichier/<str:format>/", public_views.file, name="file"),
    path(
        f"{portrait}tableaux/<slug:table>/csv/", file_views.table_csv, name="table_csv"
    ),
    path(f"{portrait}elus/", public_views.brief, name="brief"),
    path(f"{portrait}bloc/", public_views.block, name="block"),
    path(f"{portrait}integrer/", public_views.embed, name="embed"),
    path("comparer/", public_views.compare, name="compare"),
    path("diagnostic-en-une-heure/", public_views.hour, name="hour"),
    path("espaces/<int:pk>/diagnostics/", views.list, name="list"),
    path(team, views.findings, name="findings"),
    path(f"{team}actualiser/", views.refresh, name="refresh"),
    path(f"{team}constats/nouveau/", views.add, name="add"),
    path(f"{team}constats/<int:finding_pk>/", views.finding, name="finding"),
    path(f"{team}visites/", views.visits, name="visits"),
    path(f"{team}visites/<int:visit_pk>/", views.visit, name="visit"),
    path(f"{team}communications/", views.communications, name="communications"),
    path(f"{team}une-heure/", hour_views.path, name="path"),
    path(f"{team}une-heure/<slug:step>/", hour_views.step, name="step"),
    path(f"{team}une-heure/<slug:step>/passer/", hour_views.skip, name="skip"),
    path(f"{team}une-heure/<slug:step>/reprendre/", hour_views.resume, name="resume"),
    path(f"{team}elus/", views.team_brief, name="team_brief"),
    path(f"{team}fichier/<str:format>/", views.team_file, name="team_file"),
]
