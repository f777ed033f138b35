from __future__ import annotations

from django.urls import path

from jalons.coordination import register_views, views

app_name = "coordination"
home = "espaces/<int:space_pk>/coordination/"
body = f"{home}instances/<int:pk>/"
given = f"{home}apports/"
urlpatterns = [
    path(home, views.show, name="show"),
    path(f"{home}instances/ajouter/", views.add, name="add"),
    path(body, views.body, name="body"),
    path(f"{body}modifier/", views.edit, name="edit"),
    path(f"{body}retirer/", views.remove, name="remove"),
    path(given, register_views.register, name="register"),
    path(f"{home}apports.<str:format>", register_views.file, name="file"),
    path(f"{given}ajouter/", register_views.give, name="give"),
    path(f"{given}<int:pk>/", register_views.change, name="change"),
    path(f"{given}<int:pk>/retirer/", register_views.drop, name="drop"),
    path(f"{home}demarches/", register_views.note_service, name="note_service"),
    path(
        f"{home}demarches/<int:pk>/retirer/",
        register_views.drop_service,
        name="drop_service",
    ),
]
