from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.workshops import (
    console_views,
    file_views,
    minutes_views,
    paper_views,
    pocket_views,
    replay_views,
    seat_views,
    sending_views,
    table_views,
)

app_name = "workshops"
of_workshop: list[URLPattern | URLResolver] = [
    path("", console_views.console, name="console"),
    path("rejouer/", replay_views.replay, name="replay"),
    path("conduire/", console_views.steer, name="steer"),
    path("projection/", console_views.stage, name="stage"),
    path("activites/ajouter/", console_views.add_activity, name="add_activity"),
    path(
        "activites/<int:activity_pk>/",
        console_views.edit_activity,
        name="edit_activity",
    ),
    path("activites/<int:activity_pk>/idees/", console_views.wall, name="wall"),
    path(
        "activites/<int:activity_pk>/chantiers/",
        table_views.workstreams,
        name="workstreams",
    ),
    path(
        "activites/<int:activity_pk>/chantiers/<int:item_pk>/",
        table_views.workstream,
        name="workstream",
    ),
    path("activites/<int:activity_pk>/enjeux/", table_views.stakes, name="stakes"),
    path("papier/", paper_views.on_paper, name="on_paper"),
    path("feuille.pdf", paper_views.sheet, name="sheet"),
    path(
        "activites/<int:activity_pk>/papier/<str:code>.pdf",
        paper_views.print_file,
        name="print_file",
    ),
    path("activites/<int:activity_pk>/saisie/", paper_views.keying, name="keying"),
    path("activites/<int:activity_pk>/papier/", paper_views.paper, name="paper"),
    path("tables/", seat_views.tables, name="tables"),
    path("personnes/", pocket_views.people, name="people"),
    path("personnes/<int:person_pk>/", pocket_views.person, name="person"),
    path("compte-rendu/", minutes_views.minutes, name="minutes"),
    path("compte-rendu/envoi/", sending_views.minutes_readers, name="minutes_readers"),
    path("compte-rendu.<str:format>", minutes_views.minutes_file, name="minutes_file"),
    path("contributions.csv", file_views.export, name="export"),
    path("contributions.xlsx", file_views.export_xlsx, name="export_xlsx"),
    path("contributions.json", file_views.export_json, name="export_json"),
]
urlpatterns = [
    path(
        "espaces/<int:space_pk>/rencontres/<int:pk>/atelier/",
        console_views.prepare,
        name="prepare",
    ),
    path("espaces/<int:space_pk>/ateliers/<int:pk>/", include(of_workshop)),
    path("atelier/", pocket_views.code, name="code"),
    path("atelier/<str:code>/", pocket_views.join, name="join"),
    path("compte-rendu/<str:secret>/", sending_views.minutes_read, name="minutes_read"),
    path(
        "compte-rendu/<str:secret>/compte-rendu.pdf",
        sending_views.minutes_read_file,
        name="minutes_read_file",
    ),
    path("salle/<str:secret>/", pocket_views.pocket, name="pocket"),
    path("salle/<str:secret>/envoyer/", pocket_views.send, name="send"),
    path("salle/<str:secret>/voisin/", pocket_views.neighbour, name="neighbour"),
]
