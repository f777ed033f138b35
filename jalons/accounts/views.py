from __future__ import annotations

import logging
from secrets import token_urlsafe
from typing import Any

from allauth.account.views import (
    ConfirmLoginCodeView,
    LogoutView,
    RequestLoginCodeView,
    account_inactive,
)
from allauth.core.ratelimit import respond_429
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jalons.accounts import identities, operations, passkeys, proconnect
from jalons.accounts.access import SignedInRequest, safe_next
from jalons.accounts.codes import shows_code
from jalons.accounts.forms import AskCodeForm, NameForm
from jalons.accounts.sign_in import SignIn

logger = logging.getLogger(__name__)
inactive = account_inactive


class AskCode(RequestLoginCodeView):
    """The first page of sign-in: an e-mail address."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["passkeys_are_offered"] = passkeys.are_offered(self.request)
        context["proconnect_is_offered"] = proconnect.is_offered()
        context["next"] = safe_next(self.request)
        return context

    def form_valid(self, form: AskCodeForm) -> HttpResponse:
        try:
            SignIn.begin(self.request, user=form.user, email=form.cleaned_data["email"])
        except OSError:
            logger.exception("The sign-in code could not be sent")
            form.add_error(
                None,
                _(
                    "The message could not leave. Nothing is wrong with your address: "
                    "please try again in a few minutes."
                ),
            )
            return self.render_to_response(self.get_context_data(form=form), status=503)
        return redirect(self.get_success_url())

    def form_invalid(self, form: AskCodeForm) -> HttpResponse:
        if form.is_rate_limited:
            return respond_429(self.request)
        return super().form_invalid(form)


class TypeCode(ConfirmLoginCodeView):
    """The second page of sign-in: the code received."""

    template_name = "account/confirm_login_code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._process = SignIn(stage=self.stage)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if shows_code(self.request):
            context["demo_code"] = self._process.state.get("shown", "")
        return context


class SignOut(LogoutView):
    """Signing out here, then of ProConnect for whoever came by it.

    A page leads there: our policy of content lets no form of ours end at another site.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.session.get(identities.HINT)
        response = super().post(request, *args, **kwargs)
        address = _end_of(request, token) if token else ""
        if not address:
            return response
        page = render(request, "account/signed_out.html", {"address": address})
        page["Refresh"] = f"1; url={address}"
        return page


def _end_of(request: HttpRequest, token: str) -> str:
    home = request.build_absolute_uri(reverse("front:home"))
    try:
        return proconnect.end(token, state=token_urlsafe(32), back=home)
    except proconnect.Unavailable:
        logger.exception("ProConnect did not answer")
        return ""


# The middleware would send a person who gives up halfway back to the first page,
# which sends them back to the code: they must be able to leave.
sign_out = login_not_required(SignOut.as_view())
sign_in = rate_limit(action="login")(AskCode.as_view())
confirm_code = TypeCode.as_view()


def name(request: SignedInRequest) -> HttpResponse:
    """How a person wishes to be called; asked once, after the first sign-in."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    next_url = safe_next(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["name"]
        operations.change_name(request.user, name=given)
        if given:
            messages.success(request, _("Your name is recorded."))
        return redirect(next_url)
    return render(request, "account/name.html", {"form": form, "next": next_url})


@require_safe
def resume(request: SignedInRequest) -> HttpResponse:
    """Where a sign-in leads when a form waits to be sent in another tab."""
    return render(request, "account/resume.html")
