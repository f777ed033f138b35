from __future__ import annotations

from django.urls import path

from jalons.fieldwork import views

app_name = "fieldwork"
urlpatterns = [
    path("terrain/<int:pk>/resultats/", views.results, name="results"),
    path("terrain/<int:pk>/ateliers/", views.workshops, name="workshops"),
]
