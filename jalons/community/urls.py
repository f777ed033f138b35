from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jalons.community import contact_views, judging_views, public_views, views

app_name = "community"
of_news: list[URLPattern | URLResolver] = [
    path("", views.show, name="show"),
    path("moi-aussi/", views.echo, name="echo"),
    path("retirer/", views.withdraw, name="withdraw"),
    path("signaler/", views.report, name="report"),
    path(
        "reponses/<int:reply_pk>/retirer/", views.withdraw_reply, name="withdraw_reply"
    ),
    path("suivi/", judging_views.follow, name="follow"),
    path("publier/", judging_views.publish, name="publish"),
    path("garder/", judging_views.keep, name="keep"),
    path("classer/", judging_views.dismiss, name="dismiss"),
]
of_space: list[URLPattern | URLResolver] = [
    path("", views.list, name="list"),
    path("ecrire/", views.post, name="post"),
    path("a-lire/", judging_views.judge, name="judge"),
    path("contacts/", contact_views.mailboxes, name="mailboxes"),
    path(
        "contacts/<int:pk>/arreter/",
        contact_views.forget_mailbox,
        name="forget_mailbox",
    ),
    path("ce-que-disent-les-mediateurs/", views.said, name="said"),
    path("ce-que-disent-les-mediateurs.csv", views.said_csv, name="said_csv"),
    path("<int:pk>/", include(of_news)),
]
urlpatterns = [
    path("espaces/<int:space_pk>/reseau/", include(of_space)),
    path("contacter/<int:pk>/", contact_views.contact, name="contact"),
    path("contacter/accord/<str:secret>/", contact_views.agreement, name="agreement"),
    path("nouvelles/", public_views.public_list, name="public_list"),
    path("bibliotheque/<slug:code>/echanges/", public_views.about, name="about"),
    path("nouvelles/atom.xml", public_views.feed, name="feed"),
    path("nouvelles/<int:pk>/", public_views.public_show, name="public_show"),
    path(
        "nouvelles/<int:pk>/signaler/",
        public_views.public_report,
        name="public_report",
    ),
]
