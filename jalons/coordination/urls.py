from __future__ import annotations

from django.urls import path

from jalons.coordination import agreement_views, register_views, sitting_views, views

app_name = "coordination"
home = "espaces/<int:space_pk>/coordination/"
body = f"{home}instances/<int:pk>/"
given = f"{home}apports/"
sitting = f"{home}seances/<int:pk>/"
signed = f"{home}conventions/"
urlpatterns = [
    path(home, views.show, name="show"),
    path(f"{home}instances/ajouter/", views.add, name="add"),
    path(body, views.body, name="body"),
    path(f"{body}modifier/", views.edit, name="edit"),
    path(f"{body}retirer/", views.remove, name="remove"),
    path(f"{body}seances/", sitting_views.attach, name="attach"),
    path(sitting, sitting_views.sitting, name="sitting"),
    path(f"{sitting}retirer/", sitting_views.detach, name="detach"),
    path(f"{sitting}compte-rendu.<str:format>", sitting_views.minutes, name="minutes"),
    path(f"{home}decisions/<int:pk>/", sitting_views.decision, name="decision"),
    path(signed, agreement_views.agreements, name="agreements"),
    path(f"{signed}ajouter/", agreement_views.agree, name="agree"),
    path(f"{signed}<int:pk>/", agreement_views.agreement, name="agreement"),
    path(
        f"{signed}<int:pk>/retirer/",
        agreement_views.drop_agreement,
        name="drop_agreement",
    ),
    path(f"{home}etapes/<str:stage>/", agreement_views.stage, name="stage"),
    path(given, register_views.register, name="register"),
    path(f"{home}apports.<str:format>", register_views.file, name="file"),
    path(f"{given}ajouter/", register_views.give, name="give"),
    path(f"{given}importer/", register_views.load, name="load"),
    path(f"{given}<int:pk>/", register_views.change, name="change"),
    path(f"{given}<int:pk>/retirer/", register_views.drop, name="drop"),
    path(f"{home}demarches/", register_views.note_service, name="note_service"),
    path(
        f"{home}demarches/<int:pk>/retirer/",
        register_views.drop_service,
        name="drop_service",
    ),
]
