from __future__ import annotations

from django.urls import path

from jalons.network import proposal_views, region_views, sharing_views, views

app_name = "network"
cockpit = "espaces/<int:space_pk>/cockpit/"
place = f"{cockpit}<str:code>/"
exchange = f"{cockpit}echanges/<int:pk>/"
proposal = f"{place}proposition/<str:rule>/"
sharing = "feuilles-de-route/<int:pk>/centre-de-ressources/"
urlpatterns = [
    path(cockpit, views.show, name="cockpit"),
    path(f"{cockpit}cockpit.csv", views.export_csv, name="export_csv"),
    path(f"{cockpit}vues/<int:pk>/retirer/", views.remove_view, name="remove_view"),
    path(exchange, views.change_exchange, name="change_exchange"),
    path(f"{exchange}retirer/", views.remove_exchange, name="remove_exchange"),
    path(f"{cockpit}carte/", region_views.map, name="map"),
    path(f"{cockpit}departements/", region_views.departements, name="departements"),
    path(f"{cockpit}suites/", region_views.promises, name="promises"),
    path(f"{cockpit}echanges.csv", region_views.history_csv, name="history_csv"),
    path(place, views.territory, name="territory"),
    path(f"{place}fiche/", views.follow_up, name="follow_up"),
    path(f"{place}echange/", views.note_exchange, name="note_exchange"),
    path(proposal, proposal_views.amend, name="amend"),
    path(f"{proposal}reprendre/", proposal_views.restore, name="restore_proposal"),
    path(sharing, sharing_views.show, name="sharing"),
    path(f"{sharing}partager/", sharing_views.share, name="share"),
    path(f"{sharing}reprendre/", sharing_views.withdraw, name="withdraw"),
]
