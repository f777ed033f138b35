from __future__ import annotations

from django.urls import path

from jalons.hosts import views

app_name = "hosts"
urlpatterns = [
    path("qui-sommes-nous/", views.show, name="show"),
    path("qui-sommes-nous/logo.png", views.logo, name="logo"),
    path("hote/", views.edit, name="edit"),
    path("hote/apercu/", views.preview, name="preview"),
    path("hote/apercu/logo.png", views.draft_logo, name="draft_logo"),
    path("hote/publier/", views.publish, name="publish"),
    path("hote/versions/", views.history, name="history"),
    path("hote/versions/<int:pk>/", views.version, name="version"),
    path("hote/versions/<int:pk>/reprendre/", views.bring_back, name="bring_back"),
    path("hote/choisir/", views.choose, name="choose"),
]
