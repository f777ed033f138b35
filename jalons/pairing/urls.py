from __future__ import annotations

from django.urls import path

from jalons.pairing import going_views, views

app_name = "pairing"
every = "espaces/<int:space_pk>/mises-en-lien/"
place = f"{every}avec/<str:code>/"
one = f"{every}<int:pk>/"
urlpatterns = [
    path(every, views.all, name="list"),
    path(place, views.candidates, name="candidates"),
    path(f"{place}<str:other>/", views.propose, name="propose"),
    path(one, views.show, name="show"),
    path(f"{one}repondre/", views.answer, name="answer"),
    path(f"{one}reprendre/", views.withdraw, name="withdraw"),
    path(f"{one}echange/", going_views.note_talk, name="note_talk"),
    path(
        f"{one}echange/<int:talk_pk>/retirer/",
        going_views.remove_talk,
        name="remove_talk",
    ),
    path(f"{one}avis/", going_views.tell, name="tell"),
    path(f"{one}terminer/", going_views.end, name="end"),
]
