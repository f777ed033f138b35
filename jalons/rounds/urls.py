from __future__ import annotations

from django.urls import path

from jalons.rounds import population_views, quota_views, surveyor_views, views

app_name = "rounds"
of_space = "espaces/<int:space_pk>/terrain/"
one = "terrain/<int:pk>/"
who = f"{one}enqueteurs/<int:surveyor_pk>/"
urlpatterns = [
    path(of_space, views.list, name="list"),
    path(f"{of_space}nouvelle/", views.create, name="create"),
    path(one, views.show, name="show"),
    path(f"{one}telephone/", views.phone_script, name="phone_script"),
    path(f"{one}xlsform.xlsx", views.xlsform, name="xlsform"),
    path(f"{one}quotas/", quota_views.quotas, name="quotas"),
    path(f"{one}quotas/<slug:code>/", quota_views.quota, name="quota"),
    path("donnees/population/", population_views.population, name="population"),
    path(f"{one}tout-arreter/", views.revoke, name="revoke"),
    path(f"{one}enqueteurs/", surveyor_views.surveyors, name="surveyors"),
    path(who, surveyor_views.surveyor, name="surveyor"),
    path(f"{who}renouveler/", surveyor_views.renew, name="renew"),
    path(f"{who}arreter/", surveyor_views.stop, name="stop"),
    path(
        f"{one}appareils/<int:device_pk>/arreter/",
        surveyor_views.stop_phone,
        name="stop_phone",
    ),
]
