from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.actors import (
    directory_views,
    grid_views,
    import_views,
    leading_views,
    views,
)

app_name = "actors"

of_actor = [
    path("", views.show, name="show"),
    path("modifier/", views.edit, name="edit"),
    path("mettre-de-cote/", views.archive, name="archive"),
    path("reprendre/", views.restore, name="restore"),
]
of_grid = [
    path("", grid_views.grid, name="grid"),
    path("remplir/", grid_views.fill, name="fill"),
    path("tableau.pdf", grid_views.board, name="board"),
]
leading = [
    path("chefs-de-file/", leading_views.leads, name="leads"),
    path("chefs-de-file/<int:lead_pk>/fin/", leading_views.end_lead, name="end_lead"),
    path("postes/", leading_views.posts, name="posts"),
    path("postes/nouveau/", leading_views.add_post, name="add_post"),
    path("postes/postes.csv", leading_views.posts_csv, name="posts_csv"),
    path("postes/<int:post_pk>/", leading_views.edit_post, name="edit_post"),
    path("postes/<int:post_pk>/fin/", leading_views.end_post, name="end_post"),
]
of_space: list[URLPattern | URLResolver] = [
    path("", views.list, name="list"),
    path("nouveau/", views.add, name="add"),
    path("fichier/<slug:format>/", views.file, name="file"),
    path("importer/", import_views.load, name="load"),
    path("importer/<int:file_pk>/", import_views.columns, name="columns"),
    path("importer/<int:file_pk>/oublier/", import_views.forget, name="forget"),
    path("repertoire/", directory_views.publish, name="publish"),
    path(
        "repertoire/<int:pk>/et/<int:other_pk>/deux-organismes/",
        directory_views.tell_apart,
        name="tell_apart",
    ),
    path(
        "repertoire/deux-organismes/<int:pk>/reprendre/",
        directory_views.take_back_apart,
        name="take_back_apart",
    ),
    path("depuis-l-annuaire/", import_views.directory, name="directory"),
    path("", include(leading)),
    path("<int:pk>/", include(of_actor)),
    path("qui-fait-quoi/<slug:name>/", include(of_grid)),
]
urlpatterns = [
    path("acteurs/", directory_views.public_list, name="public_list"),
    path("acteurs/acteurs.csv", directory_views.public_csv, name="public_csv"),
    path("espaces/<int:space_pk>/acteurs/", include(of_space)),
]
