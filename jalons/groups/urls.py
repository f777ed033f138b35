from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.groups import import_views, seat_views, views

app_name = "groups"
of_group: list[URLPattern | URLResolver] = [
    path("", views.show, name="show"),
    path("modifier/", views.edit, name="edit"),
    path("clore/", views.end, name="end"),
    path("membres.<str:format>", views.file, name="file"),
    path("membres/", seat_views.join, name="join"),
    path("membres/<int:seat_pk>/", seat_views.seat, name="seat"),
    path("membres/<int:seat_pk>/depart/", seat_views.leave, name="leave"),
    path("membres/<int:seat_pk>/retirer/", seat_views.remove, name="remove"),
    path("fichier/", import_views.load, name="load"),
    path("fichier/<int:file_pk>/", import_views.check, name="check"),
    path("fichier/<int:file_pk>/oublier/", import_views.forget, name="forget"),
]
urlpatterns = [
    path("espaces/<int:space_pk>/groupes/", views.list, name="list"),
    path("espaces/<int:space_pk>/groupes/ajouter/", views.add, name="add"),
    path("espaces/<int:space_pk>/groupes/<int:pk>/", include(of_group)),
    path("groupes/<int:pk>/", views.public, name="public"),
]
