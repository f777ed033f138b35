from __future__ import annotations

from django.urls import path

from jalons.adoption import views

app_name = "adoption"
one = "feuilles-de-route/<int:pk>/document/"
urlpatterns = [
    path(one, views.show, name="show"),
    path(f"{one}lecture/", views.read, name="read"),
    path(f"{one}ordre/", views.move, name="move"),
    path(f"{one}feuille-de-route.<slug:format>", views.file, name="file"),
    path(f"{one}parties/<slug:code>/", views.part, name="part"),
]
