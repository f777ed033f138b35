from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from jalons.invitations import list_views, public_views, views
from jalons.invitations.embedding import embeddable
from jalons.surveys import answer_views


class Letters:
    """Six letters, in any case."""

    regex = "[A-Za-z]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Letters, "letters")

app_name = "invitations"

of_contact = [
    path("", list_views.edit_contact, name="edit_contact"),
    path("effacer/", list_views.delete_contact, name="delete_contact"),
    path("adresse-morte/", list_views.dead, name="dead"),
    path("adresse-valable/", list_views.alive, name="alive"),
]
of_list: list[URLPattern | URLResolver] = [
    path("", list_views.show_list, name="show_list"),
    path("modifier/", list_views.edit_list, name="edit_list"),
    path("effacer/", list_views.delete_list, name="delete_list"),
    path("ajouter/", list_views.add, name="add"),
    path("informer/", list_views.tell, name="tell"),
    path("contacts.csv", list_views.export, name="export"),
    path("personnes/<int:contact_pk>/", include(of_contact)),
]
of_space: list[URLPattern | URLResolver] = [
    path("", list_views.lists, name="lists"),
    path("nouvelle/", list_views.create_list, name="create_list"),
    path("<int:list_pk>/", include(of_list)),
]
of_survey = [
    path("invitations/", views.show, name="show"),
    path("invitations/envoyer/", views.send, name="send"),
    path("invitations/relancer/", views.remind, name="remind"),
    path("invitations/textes/<slug:kind>/", views.letter, name="letter"),
    path("invitations/textes/<slug:kind>/essai/", views.try_letter, name="try_letter"),
    path(
        "invitations/courriels/<int:message_pk>/arrive/", views.arrived, name="arrived"
    ),
    path("invitations/courriels/<int:message_pk>/renvoyer/", views.again, name="again"),
    path("affiche/", views.poster, name="poster"),
    path("integrer/", views.embedding, name="embedding"),
]
of_answer = [
    path("", embeddable(answer_views.resume), name="resume"),
    path("territoire/", embeddable(answer_views.territory), name="territory"),
    path("relire/", embeddable(answer_views.review), name="review"),
    path("merci/", embeddable(answer_views.thanks), name="thanks"),
    path("<slug:section_code>/", embeddable(answer_views.answer), name="answer"),
]
embedded: list[URLPattern | URLResolver] = [
    path("", embeddable(answer_views.notice), name="notice"),
    path("commencer/", embeddable(answer_views.start), name="start"),
    path("<str:secret>/", include(of_answer)),
]

urlpatterns = [
    path("espaces/<int:space_pk>/contacts/", include(of_space)),
    path("enquetes/<int:pk>/", include(of_survey)),
    path("participer/<str:secret>/", public_views.open, name="open"),
    path("ne-plus-recevoir/<str:token>/", public_views.opt_out, name="opt_out"),
    path("r/<letters:letters>/", public_views.short, name="short"),
]
