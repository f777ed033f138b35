from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.meetings import views

app_name = "meetings"
of_meeting: list[URLPattern | URLResolver] = [
    path("", views.show, name="show"),
    path("modifier/", views.edit, name="edit"),
    path("invites/", views.guests, name="guests"),
    path("invitations/", views.invite, name="invite"),
    path("presents/", views.attend, name="attend"),
    path("presents/<int:attendee_pk>/retirer/", views.remove, name="remove"),
    path("feuille.pdf", views.sheet, name="sheet"),
    path("rendez-vous.ics", views.appointment, name="appointment"),
]
urlpatterns = [
    path("espaces/<int:space_pk>/rencontres/", views.list, name="list"),
    path("espaces/<int:space_pk>/rencontres/ajouter/", views.add, name="add"),
    path("espaces/<int:space_pk>/rencontres/<int:pk>/", include(of_meeting)),
    path("rencontre/<str:secret>/", views.announced, name="announced"),
    path(
        "rencontre/<str:secret>/rendez-vous.ics",
        views.announced_appointment,
        name="announced_appointment",
    ),
]
