from __future__ import annotations

from django.urls import path

from jalons.evaluation import (
    comparing_views,
    file_views,
    indicator_views,
    plan_views,
    review_views,
    views,
)

app_name = "evaluation"
here = "feuilles-de-route/<int:pk>/evaluation/"
question = f"{here}questions/<int:question_pk>/"
indicator = f"{here}indicateurs/<int:followed_pk>/"
review = f"{here}revues/<int:review_pk>/"
urlpatterns = [
    path(here, views.show, name="show"),
    path(f"{here}fichier/", file_views.load, name="load"),
    path(f"{here}mesures.csv", file_views.export_csv, name="export_csv"),
    path(f"{here}mesures.json", file_views.export_json, name="export_json"),
    path(f"{here}document.<slug:format>", file_views.document, name="document"),
    path(f"{here}avant-apres/", comparing_views.compare, name="compare"),
    path(f"{here}commencer/", views.start, name="start"),
    path(f"{here}but/", views.purpose, name="purpose"),
    path(f"{here}theorie/", views.theory, name="theory"),
    path(f"{here}theorie/liens/", views.links, name="links"),
    path(f"{here}theorie/<slug:kind>/", views.boxes, name="boxes"),
    path(f"{here}questions/", plan_views.questions, name="questions"),
    path(question, plan_views.question, name="question"),
    path(f"{question}retirer/", plan_views.remove_question, name="remove_question"),
    path(f"{here}indicateurs/choisir/", plan_views.choose, name="choose"),
    path(f"{here}indicateurs/ajouter/", plan_views.own, name="own"),
    path(f"{here}enjeux/", plan_views.stakes, name="stakes"),
    path(f"{here}calculer/", indicator_views.compute_all, name="compute_all"),
    path(indicator, indicator_views.indicator, name="indicator"),
    path(f"{indicator}modifier/", indicator_views.edit, name="edit"),
    path(f"{indicator}depart/", indicator_views.baseline, name="baseline"),
    path(f"{indicator}mesurer/", indicator_views.measure, name="measure"),
    path(f"{indicator}calculer/", indicator_views.compute, name="compute"),
    path(f"{indicator}arreter/", indicator_views.retire, name="retire"),
    path(f"{indicator}reprendre/", indicator_views.resume, name="resume"),
    path(f"{here}revues/ajouter/", review_views.add_review, name="add_review"),
    path(review, review_views.review, name="review"),
    path(f"{review}modifier/", review_views.edit_review, name="edit_review"),
]
