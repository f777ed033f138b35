"""The file of a telephone that no longer finds the network, brought by the team."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jalons.accounts.access import SignedInRequest
from jalons.pocket.forms import BringForm
from jalons.pocket.operations import Brought, NotAnExport, bring_file
from jalons.rounds import access
from jalons.rounds.pages import frame
from jalons.spaces.access import Right


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the file, then read what was taken, what was known and what was refused."""
    round = access.get_round(request.user, pk, Right.EDIT)
    is_sent = request.method == "POST"
    form = BringForm(request.POST, request.FILES) if is_sent else BringForm()
    brought: Brought | None = None
    if is_sent and form.is_valid():
        content, in_part = (form.cleaned_data[one] for one in ("file", "in_part"))
        try:
            brought = bring_file(
                round, content.read(), by=request.user, in_part=in_part
            )
        except NotAnExport as error:
            form.add_error("file", str(error))
    context = {
        **frame(request.user, round),
        "form": form,
        "brought": brought,
    }
    return render(request, "pocket/bring.html", context)
