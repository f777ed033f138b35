"""Sign-in by a code received by e-mail, the same for a newcomer and a regular.

Allauth sends a newcomer another message, which leads to another page. Here both
receive the same code on the same page, so that nobody learns from outside who has
an account, and the account opens once the code is typed. The process below is built
on a class that allauth calls internal: `tests/accounts/test_sign_in.py` watches it.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from jalons.accounts import codes, identities, operations, sessions
from jalons.accounts.models import User


class SignIn(LoginCodeVerificationProcess):
    """A code sent to an address, waiting in the session to be typed back."""

    @classmethod
    def begin(cls, request: HttpRequest, *, user: User | None, email: str) -> None:
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email))
        stage.state["initiated_by_user"] = True
        process = cls(stage)
        identities.forget_waiting(request)
        process.send()
        process.persist()

    def generate_code(self) -> str:
        """A new code, of which the session keeps the print."""
        code = get_adapter().generate_login_code()
        self.state["code"] = codes.print_of(code)
        # Read by the page of a demonstration alone.
        self.state["shown"] = code if settings.DEMO_SHOWS_CODES else ""
        return code

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        context = {"code": self.generate_code()}
        get_adapter().send_mail("account/email/login_code", email, context)

    def finish(self, redirect_url: str | None) -> Any:
        if self.user is None:
            self._user = operations.open_account(self.state["email"])
            query = urlencode({"next": redirect_url or reverse("spaces:list")})
            redirect_url = f"{reverse('account_name')}?{query}"
        if self.user and self.user.is_active:
            identities.link_waiting(self.request, self.user, proved=self.state["email"])
        response = super().finish(redirect_url)
        sessions.remember(self.request)
        return response
