from __future__ import annotations

from django.urls import path

from jalons.impact import public_views, views

app_name = "impact"
one = "feuilles-de-route/<int:pk>/impact/"
public = "impacts/<slug:slug>/"
urlpatterns = [
    path(one, views.show, name="show"),
    path(f"{one}ecrire/", views.write, name="write"),
    path(f"{one}recits/", views.stories, name="stories"),
    path(f"{one}recits/<int:story_pk>/", views.agree, name="agree"),
    path(f"{one}impact.<slug:format>", views.file, name="file"),
    path(f"{one}publier/", public_views.publish, name="publish"),
    path(f"{one}retirer/", public_views.withdraw, name="withdraw"),
    path("recits/<str:token>/", views.take_back, name="take_back"),
    path("impacts/", public_views.public_list, name="public_list"),
    path(public, public_views.public, name="public"),
    path(f"{public}impact.<slug:format>", public_views.public_file, name="public_file"),
]
