from __future__ import annotations

from django.urls import include, path

from jalons.orientation import public_views, views

app_name = "orientation"

of_space = [
    path("", views.list, name="list"),
    path("preparer/", views.create, name="create"),
    path("bilan/", views.counts, name="counts"),
    path("bilan.csv", views.counts_csv, name="counts_csv"),
]

of_slip = [
    path("", views.show, name="show"),
    path("fiche.pdf", views.pdf, name="pdf"),
    path("prevenir/", views.send, name="send"),
    path("annuler/", views.cancel, name="cancel"),
]

urlpatterns = [
    path("lieux/<int:pk>/orienter/", views.choose, name="choose"),
    path("espaces/<int:space_pk>/orientations/", include(of_space)),
    path("orientations/<int:pk>/", include(of_slip)),
    path("orientation/<str:secret>/", public_views.answer, name="answer"),
]
