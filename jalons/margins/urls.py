from __future__ import annotations

from django.urls import path

from jalons.margins import views

app_name = "margins"
one = "feuilles-de-route/<int:pk>/commentaires/"
urlpatterns = [
    path(one, views.list, name="list"),
    path(f"{one}<slug:row>/", views.line, name="line"),
]
