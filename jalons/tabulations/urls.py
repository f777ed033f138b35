from __future__ import annotations

from django.urls import include, path

from jalons.tabulations import coding_views, views

app_name = "tabulations"

of_desk = [
    path("", views.show, name="show"),
    path("tableau.csv", views.csv, name="csv"),
    path("tableau.xlsx", views.xlsx, name="xlsx"),
    path("garder/", views.keep, name="keep"),
    path("gardes/", views.list, name="list"),
    path("gardes/<int:kept_pk>/retirer/", views.remove, name="remove"),
]

of_coding = [
    path("", coding_views.books, name="books"),
    path("<int:book_pk>/", coding_views.code, name="code"),
    path("<int:book_pk>/codes/", coding_views.codes, name="codes"),
    path("<int:book_pk>/accord/", coding_views.agreement, name="agreement"),
]

urlpatterns = [
    path("enquetes/<int:pk>/analyse/", include(of_desk)),
    path("enquetes/<int:pk>/codage/", include(of_coding)),
]
