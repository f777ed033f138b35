from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.resources import public_views, views

app_name = "resources"
of_proposal: list[URLPattern | URLResolver] = [
    path("", views.read, name="read"),
    path("accepter/", views.accept, name="accept"),
    path("lieux/<int:place_pk>/", views.merge, name="merge"),
    path("refuser/", views.refuse, name="refuse"),
    path("transmettre/", views.pass_on, name="pass_on"),
    path("demander/", views.ask, name="ask"),
    path("fichier/", views.proposed_file, name="proposed_file"),
]
urlpatterns = [
    path("proposer/un-lieu/", public_views.propose_place, name="propose_place"),
    path(
        "proposer/une-ressource/",
        public_views.propose_resource,
        name="propose_resource",
    ),
    path(
        "proposer/une-initiative/",
        public_views.propose_initiative,
        name="propose_initiative",
    ),
    path("proposer/suite/<str:secret>/", public_views.follow, name="follow"),
    path("ressources/", public_views.list, name="list"),
    path("ressources/<int:pk>/", public_views.show, name="show"),
    path("ressources/<int:pk>/fichier/", public_views.file, name="file"),
    path("espaces/<int:space_pk>/propositions/", views.queue, name="queue"),
    path("espaces/<int:space_pk>/propositions/<int:pk>/", include(of_proposal)),
    path("espaces/<int:space_pk>/ressources/ajouter/", views.add, name="add"),
    path(
        "espaces/<int:space_pk>/ressources/<int:pk>/retirer/",
        views.withdraw,
        name="withdraw",
    ),
]
