from __future__ import annotations

from django.urls import path

from jalons.panels import public_views, views

app_name = "panels"
here = "feuilles-de-route/<int:pk>/evaluation/mini-enquetes/"
panel = f"{here}<int:panel_pk>/"
urlpatterns = [
    path(here, views.list, name="list"),
    path(panel, views.show, name="show"),
    path(f"{panel}bulletins/", views.print, name="print"),
    path(f"{panel}saisir/", views.key, name="key"),
    path(f"{panel}fermer/", views.close, name="close"),
    path(f"{panel}resultats.<slug:format>", views.file, name="file"),
    path("mini-enquete/", public_views.enter, name="enter"),
    path("mini-enquete/<str:secret>/", public_views.answer, name="answer"),
]
