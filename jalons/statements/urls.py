from __future__ import annotations

from django.urls import path

from jalons.statements import views

app_name = "statements"
audits = "hote/accessibilite/"
urlpatterns = [
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("accessibilite/criteres/", views.criteria, name="criteria"),
    path("accessibilite/plan/", views.plan, name="plan"),
    path("sobriete/", views.sobriety, name="sobriety"),
    path(audits, views.audits, name="audits"),
    path(f"{audits}<int:pk>/retirer/", views.withdraw, name="withdraw"),
    path(f"{audits}plan/", views.write_plan, name="write_plan"),
]
