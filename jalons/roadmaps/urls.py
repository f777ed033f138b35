from __future__ import annotations

from django.urls import path

from jalons.roadmaps import (
    file_views,
    line_views,
    national_views,
    reliance_views,
    study_views,
    views,
)

app_name = "roadmaps"
one = "feuilles-de-route/<int:pk>/"
stake = f"{one}enjeux/<int:stake_pk>/"
workstream = f"{one}chantiers/<int:workstream_pk>/"
action = f"{one}actions/<int:action_pk>/"
inspiration = f"{one}inspirations/<int:inspiration_pk>/"
urlpatterns = [
    path("espaces/<int:space_pk>/feuilles-de-route/", views.list, name="list"),
    path("espaces/<int:space_pk>/feuilles-de-route/nouvelle/", views.add, name="add"),
    path(one, views.show, name="show"),
    path(f"{one}fiche/", views.edit, name="edit"),
    path(f"{one}reprendre/", views.adopt, name="adopt"),
    path(f"{one}ordre/", views.move, name="move"),
    path(f"{one}retirer/", views.remove, name="remove"),
    path(f"{one}actions.csv", file_views.export_csv, name="export_csv"),
    path(f"{one}feuille-de-route.json", file_views.export_json, name="export_json"),
    path(f"{one}mon-inclusion-numerique/", national_views.national, name="national"),
    path(
        f"{one}mon-inclusion-numerique.<str:format>",
        national_views.national_file,
        name="national_file",
    ),
    path("schemas/feuille-de-route-1.json", national_views.schema, name="schema"),
    path(f"{one}enjeux/nouveau/", line_views.add_stake, name="add_stake"),
    path(stake, line_views.stake, name="stake"),
    path(
        f"{stake}chantiers/nouveau/", line_views.add_workstream, name="add_workstream"
    ),
    path(workstream, line_views.workstream, name="workstream"),
    path(f"{workstream}modifier/", line_views.edit_workstream, name="edit_workstream"),
    path(f"{workstream}actions/nouvelle/", line_views.add_action, name="add_action"),
    path(action, line_views.action, name="action"),
    path(f"{action}faisabilite/", study_views.study, name="study"),
    path(
        f"{workstream}inspirations/nouvelle/",
        study_views.add_inspiration,
        name="add_inspiration",
    ),
    path(f"{one}ressources/", reliance_views.reliance, name="reliance"),
    path(f"{one}ressources/cartes/", reliance_views.choose, name="choose_maps"),
    path(inspiration, study_views.inspiration, name="inspiration"),
    path(
        f"{inspiration}retirer/",
        study_views.remove_inspiration,
        name="remove_inspiration",
    ),
]
