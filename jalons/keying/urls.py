from __future__ import annotations

from django.urls import include, path

from jalons.keying import views

app_name = "keying"

of_survey = [
    path("saisies/", views.list, name="list"),
    path("saisies/nouvelle/", views.create, name="create"),
    path("saisies/<int:sheet_pk>/seconde/", views.again, name="again"),
    path("saisies/<int:sheet_pk>/differences/", views.settle, name="settle"),
    path("saisies/<int:sheet_pk>/oublier/", views.delete, name="delete"),
    path("lectures/<int:keying_pk>/terminer/", views.finish, name="finish"),
    path("lectures/<int:keying_pk>/<slug:section_code>/", views.page, name="page"),
    path("questionnaire-papier.pdf", views.paper, name="paper"),
]

urlpatterns = [path("enquetes/<int:pk>/", include(of_survey))]
