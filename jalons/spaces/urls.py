from __future__ import annotations

from django.urls import path

from jalons.spaces import joining_views, ownership_views, recognition_views, views

app_name = "spaces"
urlpatterns = [
    path("espaces/", views.list, name="list"),
    path("espaces/nouveau/", views.create, name="create"),
    path("espaces/a-reconnaitre/", recognition_views.to_recognise, name="to_recognise"),
    path(
        "espaces/<int:pk>/reconnaitre/", recognition_views.recognise, name="recognise"
    ),
    path(
        "espaces/<int:pk>/ne-plus-reconnaitre/",
        recognition_views.unrecognise,
        name="unrecognise",
    ),
    path(
        "espaces/sans-proprietaire/",
        ownership_views.without_owner,
        name="without_owner",
    ),
    path(
        "espaces/<int:pk>/nommer-un-proprietaire/",
        ownership_views.name_owner,
        name="name_owner",
    ),
    path("espaces/rejoindre/", joining_views.find, name="find"),
    path(
        "espaces/demandes/<int:request_pk>/retirer/",
        joining_views.withdraw,
        name="withdraw",
    ),
    path("espaces/<int:pk>/rejoindre/", joining_views.ask, name="ask"),
    path(
        "espaces/<int:pk>/demandes/<int:request_pk>/",
        joining_views.answer,
        name="answer",
    ),
    path(
        "espaces/<int:pk>/demandes/<int:request_pk>/refuser/",
        joining_views.refuse,
        name="refuse",
    ),
    path("espaces/<int:pk>/organisation/", joining_views.signs, name="signs"),
    path("espaces/<int:pk>/equipe/", views.team, name="team"),
    path("espaces/<int:pk>/nom/", views.rename, name="rename"),
    path("espaces/<int:pk>/journal/", views.journal, name="journal"),
    path("espaces/<int:pk>/inviter/", views.invite, name="invite"),
    path(
        "espaces/<int:pk>/invitations/<int:invitation_pk>/renouveler/",
        views.renew,
        name="renew",
    ),
    path(
        "espaces/<int:pk>/invitations/<int:invitation_pk>/annuler/",
        views.cancel,
        name="cancel",
    ),
    path("espaces/<int:pk>/membres/<int:member_pk>/", views.member, name="member"),
    path(
        "espaces/<int:pk>/membres/<int:member_pk>/retirer/", views.remove, name="remove"
    ),
    path("espaces/<int:pk>/quitter/", views.leave, name="leave"),
    path("invitation/<str:secret>/", views.accept, name="accept"),
]
