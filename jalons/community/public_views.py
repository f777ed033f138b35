"""What everybody reads of the networks, and what a link given by mail opens."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jalons.actors.pages import form_page
from jalons.community import access, figures, operations
from jalons.community.forms import AbuseForm, FilterForm
from jalons.community.models import News

PER_PAGE = 20
IN_THE_FEED = 30


@require_safe
@login_not_required
def public_list(request: HttpRequest) -> HttpResponse:
    """The messages that teams let everybody read."""
    form = FilterForm(request.GET)
    found = figures.public_news(form.asked)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": asked.urlencode(),
    }
    return render(request, "community/public_list.html", context)


@require_safe
@login_not_required
def about(request: HttpRequest, code: str) -> HttpResponse:
    """What is said of a sheet of the library; to ask the network about it."""
    sheet = access.find_sheet(code)
    if sheet is None:
        raise Http404
    found = News.objects.public().filter(sheet=sheet)
    rows = found.select_related("space", "actor", "territory").order_by("-published_at")
    context = {
        "sheet": sheet,
        "news": rows[:PER_PAGE],
        "spaces": access.networks_of(request.user),
    }
    return render(request, "community/about.html", context)


@require_safe
@login_not_required
def feed(request: HttpRequest) -> HttpResponse:
    """The same, for a feed reader, with the filters of the address."""
    feed = Atom1Feed(
        title=_("News of the networks of digital inclusion"),
        link=request.build_absolute_uri(reverse("community:public_list")),
        description="",
        language=get_language() or "fr",
        feed_url=request.build_absolute_uri(),
    )
    for one in figures.public_news(FilterForm(request.GET).asked)[:IN_THE_FEED]:
        place = reverse("community:public_show", args=[one.pk])
        feed.add_item(
            title=_feed_title(one),
            link=request.build_absolute_uri(place),
            description=one.text,
            pubdate=one.published_at,
            updateddate=one.published_at,
            author_name=str(one.actor or one.space),
            categories=one.theme_words,
        )
    text = feed.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _feed_title(news: News) -> str:
    """The kind before the title; what is invented says so first."""
    said = f"{news.get_kind_display().capitalize()} · {news.title}"
    return f"{_('SIMULATED')} · {said}" if news.is_simulated else said


@require_safe
@login_not_required
def public_show(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, signed by its body or its team, never by a person."""
    return render(
        request, "community/public_show.html", {"news": access.get_public_news(pk)}
    )


@form_page
@login_not_required
@rate_limit(action="report_news")
def public_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody, who needs no account, finds a public message wrong."""
    news = access.get_public_news(pk)
    form = AbuseForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and not form.is_a_robot:
        operations.report_news(news, form.cleaned_data["text"], by=None)
    context = {"news": news, "form": form, "is_sent": is_sent}
    return render(request, "community/public_report.html", context)
