from __future__ import annotations

from django.urls import path

from jalons.professionals import public_views, views

app_name = "professionals"
of_space = "espaces/<int:space_pk>/professionnels/"
own = "mes-coordonnees/<str:secret>/"
urlpatterns = [
    path(of_space, views.list, name="list"),
    path(f"{of_space}importer/", views.load, name="load"),
    path(f"{of_space}ajouter/<int:actor_pk>/", views.add, name="add"),
    path(f"{of_space}<int:pk>/", views.edit, name="edit"),
    path(f"{of_space}<int:pk>/effacer/", views.delete, name="delete"),
    path(own, public_views.card, name="card"),
    path(f"{own}retirer/", public_views.withdraw, name="withdraw"),
]
