from __future__ import annotations

from django.urls import path

from jalons.funding import catalogue_views, search_views, views

app_name = "funding"
catalogue = "espaces/<int:space_pk>/aides-financieres/"
of_roadmap = "feuilles-de-route/<int:pk>/"
action = f"{of_roadmap}actions/<int:action_pk>/financement/"
grant = f"{of_roadmap}financement/<int:grant_pk>/"
urlpatterns = [
    path(catalogue, catalogue_views.schemes, name="schemes"),
    path(f"{catalogue}fichier/", catalogue_views.load, name="load"),
    path(f"{catalogue}<int:pk>/retirer/", catalogue_views.drop, name="drop"),
    path(f"{of_roadmap}financement/", views.plan, name="plan"),
    path(f"{of_roadmap}financement.csv", views.export_csv, name="export_csv"),
    path(action, views.action, name="action"),
    path(f"{action}aides-territoires/", search_views.search, name="search"),
    path(f"{action}aides-territoires/<int:offer_pk>/", search_views.keep, name="keep"),
    path(f"{action}demander/", views.ask, name="ask"),
    path(grant, views.grant, name="grant"),
    path(f"{grant}retirer/", views.remove, name="remove"),
    path(f"{grant}au-budget/", views.agree, name="agree"),
]
