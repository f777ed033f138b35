"""The only pages of allauth that this site opens, under the names it looks for."""

from __future__ import annotations

from django.urls import path

from jalons.accounts import passkey_views, proconnect_views, proof_views, views

urlpatterns = [
    path("connexion/", views.sign_in, name="account_login"),
    # Allauth goes back to its own name for the first page; both are one.
    path("connexion/", views.sign_in, name="account_request_login_code"),
    path("connexion/code/", views.confirm_code, name="account_confirm_login_code"),
    path("connexion/fermee/", views.inactive, name="account_inactive"),
    path("deconnexion/", views.sign_out, name="account_logout"),
    path("connexion/cle/", passkey_views.sign_in, name="account_passkey"),
    path("connexion/proconnect/", proconnect_views.start, name="account_proconnect"),
    path(
        "connexion/proconnect/retour/",
        proconnect_views.back,
        name="account_proconnect_back",
    ),
    path(
        "compte/proconnect/<int:pk>/retirer/",
        proconnect_views.unlink,
        name="account_proconnect_unlink",
    ),
    path("compte/cles/", passkey_views.passkeys, name="account_passkeys"),
    path("compte/cles/ajouter/", passkey_views.add, name="account_add_passkey"),
    path("compte/cles/demande/", passkey_views.ask, name="account_ask_passkey"),
    path("compte/cles/<int:pk>/", passkey_views.rename, name="account_rename_passkey"),
    path(
        "compte/cles/<int:pk>/retirer/",
        passkey_views.remove,
        name="account_remove_passkey",
    ),
    path("compte/confirmer/", proof_views.prove, name="account_prove"),
    path("compte/confirmer/code/", proof_views.send_code, name="account_prove_code"),
    path(
        "compte/confirmer/cle/",
        proof_views.by_passkey,
        name="account_prove_passkey",
    ),
    path("connexion/reprendre/", views.resume, name="account_resume"),
    path("compte/nom/", views.name, name="account_name"),
]
