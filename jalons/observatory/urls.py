from __future__ import annotations

from django.urls import include, path

from jalons.observatory import (
    preview_views,
    public_views,
    publication_views,
    views,
)

app_name = "observatory"

of_team = [
    path("", views.show, name="show"),
    path("epci/", views.territories, name="territories"),
    path("departements/", views.departements, name="departements"),
    path("croisements/", views.crossings, name="crossings"),
    path("croisements/<slug:code>/", views.crossing, name="crossing"),
    path("reponses/", views.answers, name="answers"),
    path("echelles/", views.degrees, name="degrees"),
    path("paroles/", views.verbatims, name="verbatims"),
    path("cibles/", views.targets, name="targets"),
    path("cibles.csv", views.targets_csv, name="targets_csv"),
    path("restitution.pdf", views.pdf, name="pdf"),
    path("tableaux/<slug:code>.csv", views.table, name="table"),
    path("seuils/", publication_views.income_limits, name="income_limits"),
    path("publier/", publication_views.publish, name="publish"),
    path("publier/licence/", publication_views.licence, name="licence"),
    path("retirer/", publication_views.withdraw, name="withdraw"),
]

of_preview = [
    path("", preview_views.show, name="preview"),
    path("epci/", preview_views.territories, name="preview_territories"),
    path("departements/", preview_views.departements, name="preview_departements"),
    path("croisements/", preview_views.crossings, name="preview_crossings"),
    path("croisements/<slug:code>/", preview_views.crossing, name="preview_crossing"),
    path("reponses/", preview_views.answers, name="preview_answers"),
    path("echelles/", preview_views.degrees, name="preview_degrees"),
    path("restitution.pdf", preview_views.pdf, name="preview_pdf"),
    path("tableaux/<slug:code>.csv", preview_views.table, name="preview_table"),
]

of_public = [
    path("", public_views.show, name="public"),
    path("epci/", public_views.territories, name="public_territories"),
    path("departements/", public_views.departements, name="public_departements"),
    path("croisements/", public_views.crossings, name="public_crossings"),
    path("croisements/<slug:code>/", public_views.crossing, name="public_crossing"),
    path("reponses/", public_views.answers, name="public_answers"),
    path("echelles/", public_views.degrees, name="public_degrees"),
    path("restitution.pdf", public_views.pdf, name="public_pdf"),
    path("tableaux/<slug:code>.csv", public_views.table, name="public_table"),
]

urlpatterns = [
    path("enquetes/<int:pk>/restitution/", include(of_team)),
    path("enquetes/<int:pk>/restitution/apercu/", include(of_preview)),
    path("resultats/", public_views.list, name="list"),
    path("resultats/<slug:slug>/", include(of_public)),
]
