"""The pages of passkeys: sign in with one, add, rename and remove those one has."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jalons.accounts import passkeys as operations
from jalons.accounts import proof
from jalons.accounts.access import SignedInRequest, safe_next
from jalons.accounts.forms import AddPasskeyForm, CredentialForm, PasskeyNameForm
from jalons.accounts.passkeys import NotAccepted


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@rate_limit(action="passkey")
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET: what the browser is asked for. POST: what the passkey answered."""
    user = request.user if request.user.is_authenticated else None
    if request.method != "POST":
        return JsonResponse(operations.begin_asking(user))
    if user:
        return redirect(safe_next(request))
    form = CredentialForm(request.POST)
    try:
        if not form.is_valid():
            raise NotAccepted
        passkey = operations.recognise(None, form.cleaned_data["credential"])
    except NotAccepted:
        messages.error(request, _("This passkey is not known here. Receive a code."))
        wanted = urlencode({"next": safe_next(request)})
        return redirect(f"{reverse('account_login')}?{wanted}")
    return operations.sign_in(passkey, safe_next(request))


@require_safe
def passkeys(request: SignedInRequest) -> HttpResponse:
    context = {
        "passkeys": operations.passkeys_of(request.user),
        "are_offered": operations.are_offered(request),
        "identities": request.user.identities.order_by("linked_at", "pk"),
    }
    return render(request, "account/passkeys.html", context)


@require_safe
@never_cache
@proof.required
def ask(request: SignedInRequest) -> HttpResponse:
    """What the browser is asked for, to make a passkey."""
    return JsonResponse(operations.begin_adding(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@proof.required
def add(request: SignedInRequest) -> HttpResponse:
    form = AddPasskeyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_passkey(request.user, **form.cleaned_data)
        except NotAccepted:
            form.add_error(None, _("The passkey could not be made. Please try again."))
        else:
            messages.success(request, _("Your passkey is ready: it signs you in."))
            return redirect("account_passkeys")
    are_offered = operations.are_offered(request)
    context = {"form": form, "are_offered": are_offered}
    return render(request, "account/add_passkey.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(operations.passkeys_of(request.user), pk=pk)
    form = PasskeyNameForm(request.POST or None, initial={"name": str(passkey)})
    if request.method == "POST" and form.is_valid():
        operations.rename_passkey(passkey, name=form.cleaned_data["name"])
        messages.success(request, _("The passkey has its new name."))
        return redirect("account_passkeys")
    context = {"form": form, "passkey": passkey}
    return render(request, "account/passkey.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@proof.required
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(operations.passkeys_of(request.user), pk=pk)
    if request.method == "POST":
        operations.remove_passkey(passkey, by=request.user)
        messages.success(request, _("The passkey is removed: it opens nothing here."))
        return redirect("account_passkeys")
    return render(request, "account/remove_passkey.html", {"passkey": passkey})
