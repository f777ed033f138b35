from __future__ import annotations

from django.urls import path

from jalons.spaces import views

app_name = "spaces"
urlpatterns = [
    path("espaces/", views.list, name="list"),
]
