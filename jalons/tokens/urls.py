from __future__ import annotations

from django.urls import path

from jalons.tokens import views

app_name = "tokens"
urlpatterns = [
    path("espaces/<int:pk>/cles/", views.list, name="list"),
    path("espaces/<int:pk>/cles/nouvelle/", views.create, name="create"),
    path("espaces/<int:pk>/cles/<int:token_pk>/revoquer/", views.revoke, name="revoke"),
]
