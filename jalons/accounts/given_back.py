"""What a form sent, given back to whoever sent it when the site could not take it.

Nobody is signed in any more, or the act asks for a proof of who is there that has grown
old, or the word against forgery is no longer that of this browser (somebody signed in
since). Nothing is kept by the site: the page that answers holds the form itself, ready
to be sent again where it was going.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

WORD = "csrfmiddlewaretoken"
# What somebody proves who they are with is never written in a page.
SECRETS = {"code", "credential", "password", "pin", "secret", "token"}
Field: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form: the texts somebody wrote, and all the others."""

    address: str
    texts: list[Field]
    others: list[Field]
    has_files: bool
    has_secrets: bool

    @property
    def is_blank(self) -> bool:
        """Whether nothing of it would be lost: no file, and not one field filled in."""
        filled = (value for _name, value in self.texts + self.others if value.strip())
        return not self.has_files and not any(filled)

    @property
    def can_be_sent_again(self) -> bool:
        """Whether the page holds all of it."""
        return not (self.has_files or self.has_secrets)


def read(request: HttpRequest) -> Sent:
    found = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != WORD
    ]
    fields = [(name, value) for name, value in found if not _is_secret(name)]
    return Sent(
        address=request.get_full_path(),
        texts=[field for field in fields if _is_written(field[1])],
        others=[field for field in fields if not _is_written(field[1])],
        has_files=bool(request.FILES),
        has_secrets=any(value and _is_secret(name) for name, value in found),
    )


def _is_secret(name: str) -> bool:
    return name.rpartition("-")[2] in SECRETS


def _is_written(value: str) -> bool:
    """Whether somebody wrote this: words, where a page would put one mark or a date.

    >>> _is_written("Ouvrir un samedi sur deux"), _is_written("2026-11-27 10:30")
    (True, False)
    """
    return len(value.split()) > 1 and any(map(str.isalpha, value))


def session_ended(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in: the form to send again once somebody is."""
    return _given_back(request, reverse("account_login"))


def proof_too_old(request: HttpRequest) -> HttpResponse:
    """Somebody is signed in, and has to prove again that it is they: the same."""
    return _given_back(request, reverse("account_prove"))


def lead_to_proof(request: HttpRequest) -> HttpResponse:
    """The same where nobody typed anything: straight there, then back to the page."""
    return redirect_to_login(page_of(request), reverse("account_prove"))


def _given_back(request: HttpRequest, way: str) -> HttpResponse:
    """The way to go, then the form to send again.

    One where nothing was filled in holds nothing to lose: its page is opened after.
    """
    sent, page = read(request), page_of(request)
    if sent.is_blank:
        return redirect_to_login(page, way)
    context = {"sent": sent, "page": page, "way": way}
    response = render(request, "account/sent_too_late.html", context, status=401)
    add_never_cache_headers(response)
    return response


def page_of(request: HttpRequest) -> str:
    """The page to go back to: for a form, the one where the browser says it stands."""
    came_from = request.headers.get("Referer", "") if request.method == "POST" else ""
    try:
        page = urlunsplit(("", "", *urlsplit(came_from)[2:4], ""))
    except ValueError:
        page = ""
    is_ours = page and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours else request.get_full_path()


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The word against forgery is not that of this browser.

    Only what this site's own page sent is given back, as the browser says: another site
    must not have somebody send what it wrote. Nothing here asks the database.
    """
    context = {"sent": read(request)} if _comes_from_us(request) else {}
    response = render(request, "403_csrf.html", context, status=403)
    add_never_cache_headers(response)
    return response


def _comes_from_us(request: HttpRequest) -> bool:
    ours = f"{request.scheme}://{request.get_host()}"
    return request.method == "POST" and request.headers.get("Origin") == ours
