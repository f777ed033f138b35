from __future__ import annotations

from django.urls import path

from jalons.indicators import views

app_name = "indicators"
urlpatterns = [
    path("donnees/", views.show, name="show"),
    path("donnees/indicateurs/<slug:code>/", views.definition, name="definition"),
]
