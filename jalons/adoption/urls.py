from __future__ import annotations

from django.urls import path

from jalons.adoption import logo_views, public_views, version_views, views

app_name = "adoption"
one = "feuilles-de-route/<int:pk>/document/"
version = f"{one}versions/<int:number>/"
public = "feuilles-de-route-publiques/"
urlpatterns = [
    path(one, views.show, name="show"),
    path(f"{one}lecture/", views.read, name="read"),
    path(f"{one}ordre/", views.move, name="move"),
    path(f"{one}feuille-de-route.<slug:format>", views.file, name="file"),
    path(f"{one}parties/<slug:code>/", views.part, name="part"),
    path(f"{one}logos/", logo_views.logos, name="logos"),
    path(f"{one}logos/<int:logo_pk>/retirer/", logo_views.remove_one, name="unlogo"),
    path(f"{one}logos/<int:logo_pk>.png", logo_views.logo, name="logo"),
    path(f"{one}figer/", version_views.freeze, name="freeze"),
    path(version, version_views.version, name="version"),
    path(
        f"{version}feuille-de-route.<slug:format>",
        version_views.version_file,
        name="version_file",
    ),
    path(f"{version}essentiel.<slug:format>", version_views.one_page, name="one_page"),
    path(
        f"{version}deliberation.<slug:format>",
        version_views.deliberation,
        name="deliberation",
    ),
    path(f"{version}comparer/<int:other>/", version_views.compared, name="compared"),
    path(f"{version}adopter/", version_views.adopt, name="adopt"),
    path(f"{version}annuler/", version_views.take_back, name="take_back"),
    path(f"{version}publier/", public_views.publish, name="publish"),
    path(f"{one}licence/", public_views.licence, name="licence"),
    path(f"{one}retirer/", public_views.withdraw, name="withdraw"),
    path(public, public_views.public_list, name="public_list"),
    path(f"{public}<slug:slug>/", public_views.public, name="public"),
    path(
        f"{public}<slug:slug>/logos/<int:rank>.png",
        logo_views.public_logo,
        name="public_logo",
    ),
    path(
        f"{public}<slug:slug>/feuille-de-route.<slug:format>",
        public_views.public_file,
        name="public_file",
    ),
]
