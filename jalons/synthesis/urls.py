from __future__ import annotations

from django.urls import include, path

from jalons.synthesis import public_views, publication_views, views

app_name = "synthesis"

CSV = "tableaux/<slug:code>.csv"

of_team = [
    path("", views.show, name="show"),
    path("commencer/", views.start, name="start"),
    path("presentation/", views.describe, name="describe"),
    path("chapitres/", views.add_chapter, name="add_chapter"),
    path("chapitres/<int:chapter_pk>/", views.chapter, name="chapter"),
    path("chapitres/<int:chapter_pk>/placer/", views.move_chapter, name="move_chapter"),
    path("chapitres/<int:chapter_pk>/ajouter/", views.add_block, name="add_block"),
    path(
        "chapitres/<int:chapter_pk>/retirer/",
        views.remove_chapter,
        name="remove_chapter",
    ),
    path("blocs/<int:block_pk>/", views.block, name="block"),
    path("blocs/<int:block_pk>/placer/", views.move_block, name="move_block"),
    path("blocs/<int:block_pk>/retirer/", views.remove_block, name="remove_block"),
    path("publier/", publication_views.publish, name="publish"),
    path("retirer/", publication_views.withdraw, name="withdraw"),
    path("apercu/", publication_views.preview, name="preview"),
    path(
        "apercu/<int:number>/",
        publication_views.preview_chapter,
        name="preview_chapter",
    ),
    path("apercu/methode/", publication_views.preview_method, name="preview_method"),
    path(f"apercu/{CSV}", publication_views.preview_table, name="preview_table"),
    path(
        "apercu/synthese.<slug:format>",
        publication_views.preview_file,
        name="preview_file",
    ),
]

of_public = [
    path("", public_views.public, name="public"),
    path("<int:number>/", public_views.chapter, name="public_chapter"),
    path("methode/", public_views.method, name="public_method"),
    path(CSV, public_views.table, name="public_table"),
    path("synthese.<slug:format>", public_views.file, name="public_file"),
]

urlpatterns = [
    path("enquetes/<int:pk>/synthese/", include(of_team)),
    path("syntheses/", public_views.list, name="list"),
    path("syntheses/<slug:slug>/", include(of_public)),
]
