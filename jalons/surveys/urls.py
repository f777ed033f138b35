from __future__ import annotations

from django.urls import path

from jalons.surveys import answer_views

app_name = "surveys"
urlpatterns = [
    path("repondre/<slug:slug>/", answer_views.notice, name="notice"),
    path("repondre/<slug:slug>/commencer/", answer_views.start, name="start"),
    path("repondre/<slug:slug>/<str:secret>/", answer_views.resume, name="resume"),
    path(
        "repondre/<slug:slug>/<str:secret>/territoire/",
        answer_views.territory,
        name="territory",
    ),
    path(
        "repondre/<slug:slug>/<str:secret>/relire/", answer_views.review, name="review"
    ),
    path(
        "repondre/<slug:slug>/<str:secret>/merci/", answer_views.thanks, name="thanks"
    ),
    path(
        "repondre/<slug:slug>/<str:secret>/<slug:section_code>/",
        answer_views.answer,
        name="answer",
    ),
]
