"""The only pages of allauth that this site opens, under the names it looks for."""

from __future__ import annotations

from django.urls import path

from jalons.accounts import views

urlpatterns = [
    path("connexion/", views.sign_in, name="account_login"),
    # Allauth goes back to its own name for the first page; both are one.
    path("connexion/", views.sign_in, name="account_request_login_code"),
    path("connexion/code/", views.confirm_code, name="account_confirm_login_code"),
    path("connexion/fermee/", views.inactive, name="account_inactive"),
    path("deconnexion/", views.sign_out, name="account_logout"),
    path("compte/nom/", views.name, name="account_name"),
]
