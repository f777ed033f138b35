from __future__ import annotations

from django.urls import path

from jalons.reception import contact_views, public_views, views

app_name = "reception"
centre = "espaces/<int:space_pk>/correspondance/"
interests = "espaces/<int:space_pk>/interets/"
urlpatterns = [
    path("manifester-son-interet/", public_views.tell, name="tell"),
    path("manifester-son-interet/<str:token>/", public_views.mine, name="mine"),
    path("contact/", contact_views.write, name="write"),
    path(centre, contact_views.correspondent, name="correspondent"),
    path(f"{centre}retirer/", contact_views.remove, name="remove_correspondent"),
    path(interests, views.list, name="list"),
    path(f"{interests}interets.csv", views.export_csv, name="export_csv"),
    path(f"{interests}<int:pk>/repondu/", views.answered, name="answered"),
]
