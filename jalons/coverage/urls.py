from __future__ import annotations

from django.urls import path

from jalons.coverage import times_views, views

app_name = "coverage"
base = "territoires/<str:code>/couverture/"
urlpatterns = [
    path(base, views.show, name="show"),
    path(f"{base}communes.csv", views.show_csv, name="show_csv"),
    path(f"{base}communes.json", views.show_json, name="show_json"),
    path(f"{base}simuler/", views.simulate, name="simulate"),
    path(f"{base}contacts/", views.contacts, name="contacts"),
    path(f"{base}contacts.pdf", views.contacts_pdf, name="contacts_pdf"),
    path("espaces/<int:pk>/temps-de-parcours/", times_views.times, name="times"),
    path(
        "espaces/<int:pk>/temps-de-parcours/<int:table_pk>/retirer/",
        times_views.remove_times,
        name="remove_times",
    ),
]
