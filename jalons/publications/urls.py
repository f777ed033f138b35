from __future__ import annotations

from django.urls import include, path

from jalons.publications import public_views, views

app_name = "publications"
CSV = "tableaux/<slug:code>.csv"
of_centre = [
    path("", views.edit, name="edit"),
    path("publier/", views.publish, name="publish"),
    path("versions/<int:number>/retirer/", views.withdraw, name="withdraw"),
    path("apercu/", views.preview, name="preview"),
    path("apercu/<int:number>/", views.preview_chapter, name="preview_chapter"),
    path("apercu/methode/", views.preview_method, name="preview_method"),
    path(f"apercu/{CSV}", views.preview_table, name="preview_table"),
    path("apercu/synthese.<slug:format>", views.preview_file, name="preview_file"),
]
of_issue = [
    path("", public_views.public, name="public"),
    path("<int:number>/", public_views.chapter, name="public_chapter"),
    path("methode/", public_views.method, name="public_method"),
    path(CSV, public_views.table, name="public_table"),
    path("synthese.<slug:format>", public_views.file, name="public_file"),
]
urlpatterns = [
    path("espaces/<int:space_pk>/synthese-de-la-region/", include(of_centre)),
    path("syntheses-regionales/<slug:slug>/", public_views.latest, name="latest"),
    path("syntheses-regionales/<slug:slug>/v<int:issue>/", include(of_issue)),
]
