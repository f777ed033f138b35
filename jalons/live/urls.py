from __future__ import annotations

from django.urls import path

from jalons.live import views

app_name = "live"
urlpatterns = [
    path("live/<str:secret>/", views.stream, name="stream"),
    path("live/<str:secret>/suite/", views.since, name="since"),
]
