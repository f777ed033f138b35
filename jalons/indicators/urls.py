from __future__ import annotations

from django.urls import path

from jalons.indicators import load_views, views

app_name = "indicators"
urlpatterns = [
    path("donnees/", views.show, name="show"),
    path("donnees/indicateurs/<slug:code>/", views.definition, name="definition"),
    path("donnees/charger/", load_views.load, name="load"),
    path("donnees/chargements/<int:pk>/", load_views.follow, name="follow"),
    path(
        "donnees/chargements/<int:pk>/ecartees.csv",
        load_views.quarantine,
        name="quarantine",
    ),
    path("donnees/chargements/<int:pk>/reprendre/", load_views.restart, name="restart"),
    path("donnees/chargements/<int:pk>/oublier/", load_views.forget, name="forget"),
    path("donnees/fichiers/<int:pk>/annuler/", load_views.undo, name="undo"),
    path("espaces/<int:space_pk>/chiffres/", load_views.own, name="own"),
    path("espaces/<int:space_pk>/chiffres/ajouter/", load_views.add, name="add"),
]
