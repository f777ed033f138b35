from __future__ import annotations

from django.urls import path

from jalons.steering import link_views, views

app_name = "steering"
one = "feuilles-de-route/<int:pk>/"
urlpatterns = [
    path(f"{one}calendrier/", views.timeline, name="timeline"),
    path(f"{one}actions/<int:action_pk>/attend/", views.waits, name="waits"),
    path(f"{one}priorites/", views.priorities, name="priorities"),
    path(f"{one}provenance/", views.traces, name="traces"),
    path(f"{one}suivre/", views.follow, name="follow"),
    path(f"{one}calendrier.ics", views.calendar, name="calendar"),
    path("calendriers/<str:secret>.ics", link_views.feed, name="feed"),
]
