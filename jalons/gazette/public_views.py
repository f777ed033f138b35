"""What everybody reads: articles, their feed, the archive of letters."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalons.gazette import access, documents, figures
from jalons.gazette.forms import FindForm
from jalons.gazette.markdown import to_html
from jalons.gazette.models import Letter

PER_PAGE = 20
IN_A_FEED = 30
ATOM = "application/atom+xml; charset=utf-8"


@require_safe
@login_not_required
def list(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    found = figures.articles(form.asked)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": asked.urlencode(),
    }
    return render(request, "gazette/list.html", context)


@require_safe
@login_not_required
def feed(request: HttpRequest) -> HttpResponse:
    """The same, for a feed reader, with the filters of the address."""
    found = figures.articles(FindForm(request.GET).asked)[:IN_A_FEED]
    return HttpResponse(documents.feed_of(found, request), content_type=ATOM)


@require_safe
@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    article = access.get_public_article(pk)
    assert article.current is not None
    context = {
        "article": article,
        "told": article.current,
        "body": to_html(article.current.text),
    }
    return render(request, "gazette/show.html", context)


@require_safe
@login_not_required
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    article = access.get_public_article(pk)
    return jpeg(bytes(article.current.picture) if article.current else b"")


def jpeg(content: bytes) -> HttpResponse:
    if not content:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")


@require_safe
@login_not_required
def letters(request: HttpRequest) -> HttpResponse:
    """The letters sent, the latest first."""
    found = Letter.objects.public().defer("text").order_by("-left_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "gazette/letters.html", {"page": page})


@require_safe
@login_not_required
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.get_public_letter(pk)
    context = {"letter": found, "body": to_html(found.text)}
    return render(request, "gazette/letter.html", context)
