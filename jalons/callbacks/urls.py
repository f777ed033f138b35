from __future__ import annotations

from django.urls import path

from jalons.callbacks import views

app_name = "callbacks"
of_round = "terrain/<int:pk>/rappels/"
urlpatterns = [
    path(of_round, views.list, name="list"),
    path(f"{of_round}nouveau/", views.create, name="create"),
    path(f"{of_round}fiche/", views.sheet, name="sheet"),
    path(f"{of_round}<uuid:key>/", views.person, name="person"),
    path(f"{of_round}<uuid:key>/retirer/", views.withdraw, name="withdraw"),
    path("rappel/<uuid:key>/", views.leave, name="leave"),
    path("rappel/<slug:code>/", views.forget, name="forget"),
]
