from __future__ import annotations

from django.urls import path

from jalons.indices import frozen_views, nation_views, views

app_name = "indices"
country = "carte-de-france/"
urlpatterns = [
    path(country, nation_views.nation, name="nation"),
    path(f"{country}tableau/", nation_views.nation_table, name="nation_table"),
    path(f"{country}<str:code>/", nation_views.departement, name="departement"),
    path(
        f"{country}<str:code>/valeurs.json",
        nation_views.departement_values,
        name="departement_values",
    ),
    path("indices/", views.list, name="list"),
    path("indices/<slug:code>/", views.show, name="show"),
    path("indices/<slug:code>/tableau/", views.territories, name="territories"),
    path(
        "indices/<slug:code>/tableau.csv",
        views.territories_csv,
        name="territories_csv",
    ),
    path("indices/<slug:code>/regler/", views.tune, name="tune"),
    path("indices/<slug:code>/fiabilite/", views.robustness, name="robustness"),
    path("indices/<slug:code>/figer/", frozen_views.freeze, name="freeze"),
    path("indices/<slug:code>/resultats/", frozen_views.results, name="results"),
    path("indices/<slug:code>/resultats/<int:pk>/", frozen_views.result, name="result"),
    path(
        "indices/<slug:code>/resultats/<int:pk>/tableau.csv",
        frozen_views.result_csv,
        name="result_csv",
    ),
]
