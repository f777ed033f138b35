from __future__ import annotations

from django.urls import path

from jalons.questionnaires import views

app_name = "questionnaires"
urlpatterns = [
    path("questionnaires/", views.list, name="list"),
    path("questionnaires/<slug:code>/v<int:number>/", views.show, name="show"),
]
