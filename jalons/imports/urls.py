from __future__ import annotations

from django.urls import include, path

from jalons.imports import views

app_name = "imports"

of_survey = [
    path("", views.create, name="create"),
    path("<int:import_pk>/", views.confirm, name="confirm"),
    path("<int:import_pk>/oublier/", views.forget, name="forget"),
    path("<int:import_pk>/ecartees.csv", views.quarantine, name="quarantine"),
]

urlpatterns = [path("enquetes/<int:pk>/importer/", include(of_survey))]
