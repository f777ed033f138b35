from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts import proof
from jalons.accounts.access import SignedInRequest
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Space
from jalons.tokens import access, operations
from jalons.tokens.forms import TokenForm
from jalons.tokens.models import Token


@require_safe
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The keys of a space: what each writes, since when, and the last time."""
    space = get_space(request.user, pk, Right.MANAGE)
    tokens = space.tokens.select_related("made_by").order_by("-pk")
    context = {"space": space, "tokens": _told(tokens)}
    return render(request, "tokens/list.html", context)


def _told(tokens) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "alive": [one for one in tokens if one.is_alive(on=today)],
        "ended": [one for one in tokens if not one.is_alive(on=today)],
    }


@never_cache
@rate_limit(action="token")
@proof.required_to_write
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a key; the page that follows shows it, this once."""
    space = get_space(request.user, pk, Right.MANAGE)
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        token, secret = operations.give_token(
            space, **form.cleaned_data, by=request.user
        )
        return _show(request, space, token, secret)
    return render(request, "tokens/create.html", {"space": space, "form": form})


@require_POST
def revoke(request: SignedInRequest, pk: int, token_pk: int) -> HttpResponse:
    """Its program is refused from now on."""
    space = get_space(request.user, pk, Right.MANAGE)
    token = access.get_token(space, token_pk)
    operations.revoke_token(token, by=request.user)
    words = _("The key “%(title)s” opens nothing any more.")
    messages.success(request, words % {"title": token.title})
    return redirect("tokens:list", pk)


def _show(
    request: HttpRequest, space: Space, token: Token, secret: str
) -> HttpResponse:
    context = {"space": space, "token": token, "secret": secret}
    return render(request, "tokens/given.html", context)
