from __future__ import annotations

from django.urls import path

from jalons.observatory import views

app_name = "observatory"
urlpatterns = [
    path("resultats/", views.list, name="list"),
]
