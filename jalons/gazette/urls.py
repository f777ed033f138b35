from __future__ import annotations

from django.urls import path

from jalons.gazette import letter_views, public_views, subscribing_views, views

app_name = "gazette"
desk = "espaces/<int:space_pk>/actualites/"
article = f"{desk}<int:pk>/"
letter = f"{desk}lettres/<int:pk>/"
urlpatterns = [
    path("actualites/", public_views.list, name="list"),
    path("actualites/atom.xml", public_views.feed, name="feed"),
    path("actualites/<int:pk>/", public_views.show, name="show"),
    path("actualites/<int:pk>/image.jpg", public_views.picture, name="picture"),
    path("lettre/", public_views.letters, name="letters"),
    path("lettre/<int:pk>/", public_views.letter, name="letter"),
    path("lettre/recevoir/", subscribing_views.subscribe, name="subscribe"),
    path("lettre/confirmer/<str:token>/", subscribing_views.confirm, name="confirm"),
    path("lettre/arreter/<str:token>/", subscribing_views.stop, name="stop"),
    path(desk, views.desk, name="desk"),
    path(f"{desk}ecrire/", views.add, name="add"),
    path(f"{desk}lettres/composer/", letter_views.compose, name="compose"),
    path(letter, letter_views.own_letter, name="own_letter"),
    path(f"{letter}modifier/", letter_views.edit, name="edit_letter"),
    path(f"{letter}envoyer/", letter_views.send, name="send"),
    path(article, views.preview, name="preview"),
    path(f"{article}modifier/", views.edit, name="edit"),
    path(f"{article}image.jpg", views.draft_picture, name="draft_picture"),
    path(f"{article}publier/", views.publish, name="publish"),
    path(f"{article}retirer/", views.withdraw, name="withdraw"),
    path(f"{article}versions/<int:number>/", views.edition, name="edition"),
]
