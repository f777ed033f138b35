"""The desk of a centre: its articles, prepared, read over, published, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.documents.images import NotAPicture
from jalons.files.logos import RefusedLogo
from jalons.gazette import access, figures, operations
from jalons.gazette.forms import ArticleForm
from jalons.gazette.markdown import to_html
from jalons.gazette.models import Article
from jalons.gazette.pictures import drawn_picture
from jalons.gazette.public_views import jpeg
from jalons.spaces.access import Right, right_in
from jalons.spaces.models import Space


@require_safe
@never_cache
def desk(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = access.get_desk(request.user, space_pk, Right.READ)
    known = space.articles.select_related("current").order_by("-written_at", "-pk")
    context = {
        "space": space,
        "articles": known.defer("picture", "current__picture"),
        "letters": space.letters.defer("text").order_by("-written_at", "-pk"),
        "subscribers": figures.subscriber_count(space),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "gazette/desk.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = access.get_desk(request.user, space_pk, Right.EDIT)
    return _write(request, space, Article(space=space))


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = access.get_desk(request.user, space_pk, Right.EDIT)
    return _write(request, space, access.get_article(space, pk))


def _write(request: SignedInRequest, space: Space, article: Article) -> HttpResponse:
    form = ArticleForm(request.POST or None, request.FILES or None, instance=article)
    if request.method == "POST" and form.is_valid() and _draws(form):
        operations.write_article(form.instance, by=request.user)
        return redirect("gazette:preview", space.pk, form.instance.pk)
    context = {"space": space, "article": article, "form": form}
    return render(request, "gazette/edit.html", context)


def _draws(form: ArticleForm) -> bool:
    """Whether the picture is taken; why not, beside it."""
    said, article = form.cleaned_data, form.instance
    if said.get("without_picture"):
        article.picture, article.picture_alt = b"", ""
    elif said["picture_file"]:
        try:
            article.picture = drawn_picture(said["picture_file"])
        except (RefusedLogo, NotAPicture) as refused:
            form.add_error("picture_file", str(refused))
            return False
    return True


@require_safe
@never_cache
def preview(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The draft as everybody would read it, and its versions."""
    space = access.get_desk(request.user, space_pk, Right.READ)
    article = access.get_article(space, pk)
    editions = article.editions.defer("picture", "text")
    context = {
        "space": space,
        "article": article,
        "body": to_html(article.text),
        "editions": editions.select_related("published_by").order_by("-number"),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "gazette/preview.html", context)


@require_safe
@never_cache
def draft_picture(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = access.get_desk(request.user, space_pk, Right.READ)
    return jpeg(bytes(access.get_article(space, pk).picture))


@require_safe
@never_cache
def edition(
    request: SignedInRequest, space_pk: int, pk: int, number: int
) -> HttpResponse:
    """What everybody read then."""
    space = access.get_desk(request.user, space_pk, Right.READ)
    article = access.get_article(space, pk)
    found = access.get_edition(article, number)
    context = {
        "space": space,
        "article": article,
        "told": found,
        "body": to_html(found.text),
    }
    return render(request, "gazette/edition.html", context)


@require_POST
def publish(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = access.get_desk(request.user, space_pk, Right.EDIT)
    try:
        operations.publish_article(access.get_article(space, pk), by=request.user)
    except operations.NothingNew:
        messages.info(request, _("Everybody reads it as it is already."))
    else:
        messages.success(request, _("Everybody reads it, and the feed tells it."))
    return redirect("gazette:preview", space_pk, pk)


@require_POST
def withdraw(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = access.get_desk(request.user, space_pk, Right.EDIT)
    operations.withdraw_article(access.get_article(space, pk), by=request.user)
    messages.success(request, _("Nobody reads it any more; your draft stays."))
    return redirect("gazette:preview", space_pk, pk)
