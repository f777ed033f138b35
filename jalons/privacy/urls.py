from __future__ import annotations

from django.urls import path

from jalons.privacy import views

app_name = "privacy"
urlpatterns = [
    path("donnees-personnelles/", views.register, name="register"),
    path("donnees-personnelles/analyse-d-impact/", views.screening, name="screening"),
]
