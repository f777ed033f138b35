"""The network of a team: what its members tell, answer, take in charge."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.community import access, documents, figures, operations
from jalons.community.forms import (
    AbuseForm,
    FilterForm,
    NewsForm,
    ReplyForm,
)
from jalons.files.exports import stream_csv
from jalons.groups.words import quarter_name
from jalons.spaces.access import Right, get_space, right_in

PER_PAGE = 20


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What was told, the last first; every filter stands in the address."""
    space = get_space(request.user, space_pk, Right.READ)
    form = FilterForm(request.GET)
    found = figures.news_of(space, form.asked, request.user)
    can_edit = right_in(request.user, space, Right.EDIT)
    context = {
        "space": space,
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "queue": figures.queue_of(space) if can_edit else None,
    }
    return render(request, "community/list.html", context)


@never_cache
@form_page
def post(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    initial = {"kind": request.GET.get("genre"), "site": request.GET.get("lieu")}
    form = NewsForm(request.POST or None, space=space, initial=initial)
    form.instance.sheet = access.find_sheet(request.GET.get("fiche", ""))
    if request.method == "POST" and form.is_valid():
        news = operations.post_news(
            form.save(commit=False),
            to_all=form.cleaned_data["to_all"],
            by=request.user,
        )
        messages.success(request, _("Your message is in the network."))
        return redirect("community:show", space_pk, news.pk)
    return render(request, "community/post.html", {"space": space, "form": form})


@never_cache
@form_page
def show(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """A message and its answers; to answer it."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    space = get_space(request.user, space_pk, right)
    news = access.get_news(space, pk)
    form = ReplyForm(request.POST or None)
    form.instance.news = news
    if request.method == "POST" and form.is_valid():
        operations.answer_news(form.save(commit=False), by=request.user)
        messages.success(request, _("Your answer is under the message."))
        return redirect("community:show", space_pk, pk)
    context = {
        "space": space,
        "news": figures.counted(news, request.user),
        "replies": figures.replies_to(news),
        "form": form,
        "can": {
            "write": right_in(request.user, space, Right.CONTRIBUTE),
            "edit": right_in(request.user, space, Right.EDIT),
            "withdraw": access.may_withdraw(request.user, news, space),
        },
    }
    return render(request, "community/show.html", context)


@require_POST
def echo(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """“Me too”, or no longer."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    is_said = operations.echo_news(access.get_news(space, pk), by=request.user)
    said = _("You said “me too”.") if is_said else _("You no longer say “me too”.")
    messages.success(request, said)
    return redirect("community:show", space_pk, pk)


@require_POST
def withdraw(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Withdraw one’s own message, or anybody’s for whoever animates the network."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    news = access.get_news(space, pk)
    access.require_withdraw(request.user, news, space)
    operations.withdraw_news(news, by=request.user)
    messages.success(request, _("The message is withdrawn, and its words forgotten."))
    return redirect("community:list", space_pk)


@require_POST
def withdraw_reply(
    request: SignedInRequest, space_pk: int, pk: int, reply_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    reply = access.get_reply(access.get_news(space, pk), reply_pk)
    access.require_withdraw(request.user, reply, space)
    operations.withdraw_reply(reply, by=request.user)
    messages.success(request, _("The answer is withdrawn."))
    return redirect("community:show", space_pk, pk)


@never_cache
@form_page
def report(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """A member finds a message wrong."""
    space = get_space(request.user, space_pk, Right.READ)
    news = access.get_news(space, pk)
    form = AbuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.report_news(news, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Whoever runs the network will read it."))
        return redirect("community:show", space_pk, pk)
    context = {"space": space, "news": news, "form": form}
    return render(request, "community/report.html", context)


@require_safe
@never_cache
def said(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What the mediators say: which problems come back."""
    space = get_space(request.user, space_pk, Right.READ)
    found = figures.what_mediators_say(space, timezone.localdate())
    context = {
        "space": space,
        "found": found,
        "quarters": [quarter_name(*one) for one in found.quarters],
    }
    return render(request, "community/said.html", context)


@require_safe
def said_csv(request: SignedInRequest, space_pk: int) -> HttpResponseBase:
    space = get_space(request.user, space_pk, Right.READ)
    found = figures.what_mediators_say(space, timezone.localdate())
    name = _("what mediators say %(name)s") % {"name": space.territory.name}
    return stream_csv(
        f"{name}.csv",
        documents.header(found),
        documents.lines_of(found),
        is_simulated=found.is_simulated,
    )
