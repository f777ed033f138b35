from __future__ import annotations

from django.urls import path

from jalons.library import views

app_name = "library"
urlpatterns = [
    path("bibliotheque/", views.list, name="list"),
    path("bibliotheque/<slug:code>/", views.show, name="show"),
]
