from __future__ import annotations

from django.urls import include, path

from jalons.surveys import answer_views, file_views, views

app_name = "surveys"

of_space = [
    path("enquetes/", views.list, name="list"),
    path("enquetes/nouvelle/", views.create, name="create"),
    path("departements/", views.involvement, name="involvement"),
]

of_survey = [
    path("", views.show, name="show"),
    path("modifier/", views.edit, name="edit"),
    path("fermer/", views.close, name="close"),
    path("supprimer/", views.delete, name="delete"),
    path("epci/", views.scores, name="scores"),
    path("epci/<str:code>/", views.territory_points, name="territory_points"),
    path("reponses/<int:response_pk>/", views.explain, name="explain"),
    path("reponses.csv", file_views.export, name="export"),
    path("reponses.json", file_views.export_json, name="export_json"),
    path("reponses.xlsx", file_views.export_xlsx, name="export_xlsx"),
    path("dictionnaire.csv", file_views.code_book, name="code_book"),
    path("contacts.csv", file_views.contacts, name="contacts"),
]

of_answer = [
    path("", answer_views.resume, name="resume"),
    path("territoire/", answer_views.territory, name="territory"),
    path("relire/", answer_views.review, name="review"),
    path("merci/", answer_views.thanks, name="thanks"),
    path("<slug:section_code>/", answer_views.answer, name="answer"),
]

urlpatterns = [
    path("espaces/<int:space_pk>/", include(of_space)),
    path("enquetes/<int:pk>/", include(of_survey)),
    path("repondre/<slug:slug>/", answer_views.notice, name="notice"),
    path("repondre/<slug:slug>/commencer/", answer_views.start, name="start"),
    path("repondre/<slug:slug>/<str:secret>/", include(of_answer)),
]
