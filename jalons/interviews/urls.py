from __future__ import annotations

from django.urls import include, path

from jalons.interviews import quote_views, views

app_name = "interviews"

of_survey = [
    path("entretiens/", views.list, name="list"),
    path("entretiens/nouveau/", views.create, name="create"),
    path("entretiens/<int:interview_pk>/", views.edit, name="edit"),
    path("entretiens/<int:interview_pk>/supprimer/", views.delete, name="delete"),
    path("entretiens/guide/", views.guide, name="guide"),
    path("paroles/", quote_views.quotes, name="quotes"),
    path("paroles/nouvelle/", quote_views.add_quote, name="add_quote"),
    path("paroles/<int:quote_pk>/", quote_views.edit_quote, name="edit_quote"),
    path(
        "paroles/<int:quote_pk>/supprimer/",
        quote_views.delete_quote,
        name="delete_quote",
    ),
    path("paroles/<int:quote_pk>/retenir/", quote_views.pick, name="pick"),
    path("paroles/<int:quote_pk>/ecarter/", quote_views.drop, name="drop"),
    path("paroles/<int:quote_pk>/avancer/", quote_views.sooner, name="sooner"),
    path("paroles.csv", quote_views.export, name="export"),
]

urlpatterns = [path("enquetes/<int:pk>/", include(of_survey))]
