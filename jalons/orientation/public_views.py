"""What a place does by the link of one slip, without an account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jalons.orientation import operations
from jalons.orientation.access import find_slip
from jalons.orientation.forms import ANSWERS, AnswerForm
from jalons.orientation.models import Slip
from jalons.orientation.secrets import reference_of
from jalons.orientation.wording import reading_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Received, came, did not come: the last word holds until the link ends."""
    slip = find_slip(secret, timezone.now())
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            state = Slip.State(form.cleaned_data["state"])
            operations.follow_slip(slip, state=state, on=timezone.localdate())
            messages.success(request, _("It is noted. Thank you."))
        return redirect("orientation:answer", secret)
    context = {
        "slip": slip,
        "shown": reading_of(slip, timezone.localdate()),
        "reference": reference_of(slip.key) if slip.key else "",
        "choices": ANSWERS,
    }
    return render(request, "orientation/answer.html", context)
