from __future__ import annotations

from django.urls import path

from jalons.rooms import views

app_name = "rooms"
of_workshop = "espaces/<int:space_pk>/ateliers/<int:pk>/sans-internet/"
urlpatterns = [
    path(of_workshop, views.outing, name="outing"),
    path(f"{of_workshop}<int:outing_pk>/choisir/", views.choose, name="choose"),
    path(f"{of_workshop}sortir/", views.take_out, name="take_out"),
    path(f"{of_workshop}resultats.json", views.results, name="results"),
    path("salle-locale/<str:secret>/", views.enter, name="enter"),
]
