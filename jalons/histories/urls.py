from __future__ import annotations

from django.urls import path

from jalons.histories import views

app_name = "histories"
one = "feuilles-de-route/<int:pk>/historique/"
urlpatterns = [
    path(one, views.list, name="list"),
    path(f"{one}etats/<int:revision_pk>/", views.state, name="state"),
    path(f"{one}<slug:row>/", views.line, name="line"),
]
