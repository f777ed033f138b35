from __future__ import annotations

from django.urls import path

from jalons.digests import views

app_name = "digests"
urlpatterns = [
    path("compte/courriels/", views.mine, name="mine"),
    path("compte/courriels/apercu/", views.preview, name="preview"),
    path("courriels/arreter/<str:token>/", views.stop, name="stop"),
]
