from __future__ import annotations

from django.urls import path

from jalons.ecosystems import file_views, keying_views, views

app_name = "ecosystems"
of_space = "espaces/<int:space_pk>/cartes-de-ressources/"
of_map = f"{of_space}<int:pk>/"
of_centre = f"{of_map}centres/<int:centre_pk>/"
urlpatterns = [
    path(of_space, views.list, name="list"),
    path(f"{of_space}nouvelle/", views.create, name="create"),
    path(of_map, views.show, name="show"),
    path(f"{of_map}modifier/", views.edit, name="edit"),
    path(f"{of_map}carte.<str:format>", file_views.file, name="file"),
    path(f"{of_map}feuille.pdf", file_views.sheet, name="sheet"),
    path(f"{of_centre}ressource/", views.add, name="add"),
    path(f"{of_centre}saisie/", keying_views.key_sheet, name="key_sheet"),
    path(f"{of_centre}ressources/<int:resource_pk>/", views.link, name="link"),
]
