from __future__ import annotations

from django.urls import path

from jalons.front import account_views, space_views, territory_views, views

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("demonstration/", views.demonstration, name="demonstration"),
    path("sante/", views.health, name="health"),
    path("compte/mes-donnees/", account_views.my_data, name="my_data"),
    path("compte/mes-donnees/fichier/", account_views.my_file, name="my_file"),
    path("compte/connexions/", account_views.close_sessions, name="close_sessions"),
    path("langue/", views.language, name="language"),
    path("coller/", views.pasted, name="pasted"),
    path("rechercher/", views.search, name="search"),
    path("territoires/", territory_views.territories, name="territories"),
    path("collectivites/", territory_views.collectivity, name="collectivity"),
    path("territoires/<str:code>/", territory_views.territory, name="territory"),
    path("espaces/<int:pk>/", space_views.space, name="space"),
    path(
        "espaces/<int:space_pk>/coordination/fonctions/",
        space_views.functions,
        name="functions",
    ),
    path("guides/", views.guide, name="guides"),
    path("guides/<slug:name>/", views.guide, name="guide"),
    path("composants/", views.components, name="components"),
    path("mentions-legales/", views.legal, name="legal"),
    path("sources/", views.sources, name="sources"),
    path(".well-known/security.txt", views.security, name="security"),
]
