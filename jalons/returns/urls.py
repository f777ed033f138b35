from __future__ import annotations

from django.urls import include, path

from jalons.returns import public_views, views

app_name = "returns"

of_territory = [
    path("", views.show, name="show"),
    path("retour.pdf", views.pdf, name="pdf"),
    path("adresse/", views.address, name="address"),
    path("retirer/", views.withdraw, name="withdraw"),
    path("renvoyer/", views.again, name="again"),
]

urlpatterns = [
    path("enquetes/<int:pk>/retours/", views.list, name="list"),
    path("enquetes/<int:pk>/retours/envoyer/", views.send, name="send"),
    path("enquetes/<int:pk>/retours/<str:code>/", include(of_territory)),
    path("retour/<str:secret>/", public_views.read, name="read"),
    path("retour/<str:secret>/retour.pdf", public_views.read_pdf, name="read_pdf"),
]
