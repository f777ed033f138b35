from __future__ import annotations

from django.urls import path

from jalons.tours import public_views, views

app_name = "tours"
of_space = "espaces/<int:space_pk>/tournees/"
of_tour = f"{of_space}<int:pk>/"
urlpatterns = [
    path(of_space, views.list, name="list"),
    path(f"{of_space}nouvelle/", views.create, name="create"),
    path(of_tour, views.manage, name="manage"),
    path(f"{of_tour}modifier/", views.edit, name="edit"),
    path(f"{of_tour}arret/", views.stop, name="stop"),
    path(f"{of_tour}arret/<int:stop_pk>/modifier/", views.amend, name="amend"),
    path(f"{of_tour}arret/<int:stop_pk>/enlever/", views.remove, name="remove"),
    path(f"{of_tour}publier/", views.publish, name="publish"),
    path(f"{of_tour}retirer/", views.withdraw, name="withdraw"),
    path("tournees/<int:pk>/", public_views.show, name="show"),
    path("tournees/<int:pk>/agenda.ics", public_views.calendar, name="calendar"),
]
