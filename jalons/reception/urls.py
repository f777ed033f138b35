from __future__ import annotations

from django.urls import path

from jalons.reception import public_views, views

app_name = "reception"
interests = "espaces/<int:space_pk>/interets/"
urlpatterns = [
    path("manifester-son-interet/", public_views.tell, name="tell"),
    path("manifester-son-interet/<str:token>/", public_views.mine, name="mine"),
    path(interests, views.list, name="list"),
    path(f"{interests}interets.csv", views.export_csv, name="export_csv"),
    path(f"{interests}<int:pk>/repondu/", views.answered, name="answered"),
]
