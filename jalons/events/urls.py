from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.events import own_views, public_views, views

app_name = "events"
of_event: list[URLPattern | URLResolver] = [
    path("", views.manage, name="manage"),
    path("modifier/", views.edit, name="edit"),
    path("publier/", views.publish, name="publish"),
    path("prevenir/", views.tell, name="tell"),
    path("annuler/", views.cancel, name="cancel"),
    path("apres/", views.follow, name="follow"),
    path("proposer/<int:next_pk>/", views.propose, name="propose"),
    path("inscrits.csv", views.registered_csv, name="registered_csv"),
    path("inscrits/<int:one_pk>/venu/", views.present, name="present"),
    path("inscrits/<int:one_pk>/retirer/", views.remove, name="remove"),
    path("questions/<int:one_pk>/", views.answer, name="answer"),
    path("questions/<int:one_pk>/ecarter/", views.refuse, name="refuse"),
]
of_link: list[URLPattern | URLResolver] = [
    path("", own_views.mine, name="mine"),
    path("rendez-vous.ics", own_views.appointment, name="own_appointment"),
    path("avis/", own_views.rate, name="rate"),
]
urlpatterns = [
    path("agenda/", public_views.agenda, name="agenda"),
    path("agenda/agenda.ics", public_views.agenda_ics, name="agenda_ics"),
    path("agenda/atom.xml", public_views.feed, name="feed"),
    path("agenda/<int:pk>/", public_views.show, name="show"),
    path("agenda/<int:pk>/inscription/", public_views.register, name="register"),
    path("agenda/<int:pk>/question/", public_views.ask, name="ask"),
    path("agenda/<int:pk>/rendez-vous.ics", public_views.appointment, name="one_ics"),
    path("inscription/<str:token>/", include(of_link)),
    path("espaces/<int:space_pk>/evenements/", views.list, name="list"),
    path("espaces/<int:space_pk>/evenements/ajouter/", views.add, name="add"),
    path("espaces/<int:space_pk>/evenements/<int:pk>/", include(of_event)),
]
