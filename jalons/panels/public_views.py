"""What the holder of a slip does: type the code, answer, know when to come back."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jalons.actors.pages import form_page
from jalons.analysis import checked_code
from jalons.panels import access, operations
from jalons.panels.forms import AnswerForm, CodeForm
from jalons.panels.models import Code, Reply
from jalons.panels.moments import TooEarly, moment_on
from jalons.panels.words import Trouble, what_next, why_not


@login_not_required
@never_cache
@form_page
@rate_limit(action="panel_code")
def enter(request: HttpRequest) -> HttpResponse:
    """The code of a slip, typed."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["code"]
        try:
            access.find_code(text)
        except Trouble as error:
            form.add_error("code", why_not(error))
        else:
            code = checked_code.shown(checked_code.typed(text))
            return redirect("panels:answer", code)
    return render(request, "panels/enter.html", {"form": form})


@login_not_required
@never_cache
@form_page
@rate_limit(action="panel_code")
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The questions of the moment, or when they are asked again."""
    try:
        code = access.find_code(secret)
    except Trouble as error:
        wrong = CodeForm({"code": secret})
        wrong.add_error("code", why_not(error))
        return render(request, "panels/enter.html", {"form": wrong}, status=404)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(code, form)
        except Trouble as error:
            form.add_error(None, why_not(error))
        else:
            messages.success(request, _("Thank you, your answers are kept."))
            return redirect("panels:answer", secret)
    context = {"code": code, "panel": code.panel, "form": form, **_standing(code)}
    return render(request, "panels/answer.html", context)


def _keep(code: Code, form: AnswerForm) -> None:
    day, channel = timezone.localdate(), Reply.Channel.PERSON
    operations.take_reply(code, form.answers, channel=channel, on=day)


def _standing(code: Code) -> dict[str, object]:
    """Which moment is asked today; otherwise why none is, and what comes next."""
    today = timezone.localdate()
    answered = set(code.replies.values_list("moment", flat=True))
    told: dict[str, object] = {"next": what_next(code.started_on, answered)}
    if not code.panel.is_open(on=today):
        return {"why": why_not(operations.NotOpen(code.panel))}
    try:
        moment, _is_late = moment_on(code.started_on, today)
    except TooEarly:
        return told
    return told if moment in answered else {"moment": moment}
