from __future__ import annotations

from django.urls import path

from jalons.questionnaires import (
    editor_views,
    form_file_views,
    kind_views,
    publishing_views,
    question_views,
    views,
)

OURS = "espaces/<int:space_pk>/questionnaires/"
DRAFT = "questionnaires/brouillons/<int:pk>/"

app_name = "questionnaires"
urlpatterns = [
    path("questionnaires/", views.list, name="list"),
    path("questionnaires/<slug:code>/v<int:number>/", views.show, name="show"),
    path(
        "questionnaires/<slug:code>/v<int:number>/comparer/v<int:other>/",
        publishing_views.compare,
        name="compare",
    ),
    path(OURS, editor_views.ours, name="ours"),
    path(f"{OURS}copier/<int:version_pk>/", editor_views.copy, name="copy"),
    path(f"{OURS}importer/", form_file_views.import_form, name="import_form"),
    path(f"{OURS}<int:pk>/suite/", editor_views.prepare, name="prepare"),
    path(DRAFT, editor_views.draft, name="draft"),
    path(f"{DRAFT}description/", editor_views.describe, name="describe"),
    path(f"{DRAFT}parties/ajouter/", editor_views.section, name="add_section"),
    path(f"{DRAFT}parties/<str:code>/", editor_views.section, name="section"),
    path(
        f"{DRAFT}parties/<str:code>/questions/ajouter/",
        question_views.add_question,
        name="add_question",
    ),
    path(
        f"{DRAFT}parties/<str:code>/bibliotheque/", publishing_views.pick, name="pick"
    ),
    path(f"{DRAFT}questions/<str:code>/", question_views.question, name="question"),
    path(f"{DRAFT}questions/<str:code>/type/", kind_views.retype, name="retype"),
    path(f"{DRAFT}questions/<str:code>/profils/", kind_views.offer, name="offer"),
    path(
        f"{DRAFT}condition/<str:kind>/<str:code>/",
        question_views.condition,
        name="condition",
    ),
    path(
        f"{DRAFT}condition/<str:kind>/<str:code>/toujours/",
        question_views.ask_always,
        name="ask_always",
    ),
    path(f"{DRAFT}ranger/", editor_views.arrange, name="arrange"),
    path(f"{DRAFT}annuler/", editor_views.undo, name="undo"),
    path(f"{DRAFT}retablir/", editor_views.redo, name="redo"),
    path(f"{DRAFT}jeter/", editor_views.discard, name="discard"),
    path(f"{DRAFT}points/", publishing_views.points, name="points"),
    path(f"{DRAFT}apercu/", publishing_views.try_out, name="try_out"),
    path(f"{DRAFT}publier/", publishing_views.publish, name="publish"),
]
