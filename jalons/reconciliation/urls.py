from __future__ import annotations

from django.urls import include, path

from jalons.reconciliation import views

app_name = "reconciliation"

of_survey = [
    path("rapprochement/", views.show, name="show"),
    path("epci/<str:code>/rapprochement/", views.territory, name="territory"),
    path("epci/<str:code>/rapprochement/revenir/", views.drop, name="drop"),
]

urlpatterns = [path("enquetes/<int:pk>/", include(of_survey))]
