"""What whoever animates a network decides: problems followed, messages judged."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.community import access, figures, operations
from jalons.community.forms import FollowForm, KeepForm
from jalons.community.models import News
from jalons.spaces.access import Right, get_space


@require_safe
@never_cache
def judge(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Messages proposed to everybody, and those that somebody reported."""
    space = get_space(request.user, space_pk, Right.EDIT)
    context = {"space": space, "waiting": figures.to_judge(space)}
    return render(request, "community/judge.html", context)


@never_cache
@form_page
def follow(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Where a problem stands: open, taken in charge, solved."""
    space = get_space(request.user, space_pk, Right.EDIT)
    news = access.get_news(space, pk)
    form = FollowForm(request.POST or None, instance=news)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.follow_problem(
                news,
                News.State(given["state"]),
                taken_by=given["taken_by"],
                done=given["done"],
                by=request.user,
            )
        except operations.NotAProblem:
            form.add_error(None, _("Only a problem is followed so."))
        else:
            messages.success(request, _("The network reads where it stands."))
            return redirect("community:show", space_pk, pk)
    context = {"space": space, "news": news, "form": form}
    return render(request, "community/follow.html", context)


@require_POST
def publish(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    operations.publish_news(access.get_news(space, pk), by=request.user)
    messages.success(request, _("Everybody reads it, without the name of its author."))
    return redirect("community:show", space_pk, pk)


@never_cache
@form_page
def keep(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Keep a message in the network, with the reason; or take it back there."""
    space = get_space(request.user, space_pk, Right.EDIT)
    news = access.get_news(space, pk)
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        operations.keep_news_in(news, reason=reason, by=request.user)
        messages.success(request, _("The network alone reads it."))
        return redirect("community:show", space_pk, pk)
    context = {"space": space, "news": news, "form": form}
    return render(request, "community/keep.html", context)


@require_POST
def dismiss(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The reports were read, and the message stays."""
    space = get_space(request.user, space_pk, Right.EDIT)
    operations.dismiss_reports(access.get_news(space, pk), by=request.user)
    messages.success(request, _("The message stays; the reports are closed."))
    return redirect("community:judge", space_pk)
