from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.library import following_views, views, writing_views

app_name = "library"
of_sheet: list[URLPattern | URLResolver] = [
    path("", writing_views.own, name="own"),
    path("modifier/", writing_views.edit, name="edit"),
    path("publier/", writing_views.publish, name="publish"),
    path("retirer/", writing_views.withdraw, name="withdraw"),
    path("contact/", writing_views.ask_witness, name="ask_witness"),
    path("versions/<int:number>/", writing_views.edition, name="edition"),
    path("versions/<int:number>/reprendre/", writing_views.restore, name="restore"),
]
of_space: list[URLPattern | URLResolver] = [
    path("", writing_views.desk, name="desk"),
    path("ecrire/", writing_views.add, name="add"),
    path("<int:pk>/", include(of_sheet)),
]
urlpatterns = [
    path("espaces/<int:space_pk>/bibliotheque/", include(of_space)),
    path("suivre/", following_views.followed, name="followed"),
    path("suivre/ajouter/", following_views.follow, name="follow"),
    path("suivre/<int:pk>/arreter/", following_views.unfollow, name="unfollow"),
    path(
        "bibliotheque/contact/<str:token>/",
        following_views.agreement,
        name="agreement",
    ),
    path("bibliotheque/", views.list, name="list"),
    path("bibliotheque/<slug:code>/", views.show, name="show"),
]
