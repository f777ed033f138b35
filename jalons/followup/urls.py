from __future__ import annotations

from django.urls import path

from jalons.followup import review_views, views

app_name = "followup"
one = "feuilles-de-route/<int:pk>/"
progress = f"{one}points-d-etape/<int:progress_pk>/"
urlpatterns = [
    path(f"{one}tableau-de-bord/", views.dashboard, name="dashboard"),
    path(f"{one}tableau-de-bord.<slug:format>", views.file, name="file"),
    path(f"{one}actions/<int:action_pk>/avancement/", views.standing, name="standing"),
    path(f"{one}communes/", views.communes, name="communes"),
    path(
        f"{one}points-d-etape/ajouter/", review_views.add_progress, name="add_progress"
    ),
    path(progress, review_views.progress, name="progress"),
    path(f"{progress}commentaire/", review_views.comment, name="comment"),
    path(
        f"{progress}point-d-etape.<slug:format>",
        review_views.progress_file,
        name="progress_file",
    ),
    path(
        f"{progress}decisions/<int:decision_pk>/",
        review_views.decision,
        name="decision",
    ),
]
