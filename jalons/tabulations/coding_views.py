"""Coding open answers by hand: the books, the answers, the agreement of coders."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.observatory.words import Words
from jalons.surveys.models import Campaign
from jalons.tabulations import access, coding, operations
from jalons.tabulations.forms import BookForm, CodesForm
from jalons.tabulations.models import CodeBook
from jalons.tabulations.operations import UnknownCode


@require_http_methods(["GET", "POST"])
@never_cache
def books(request: SignedInRequest, pk: int) -> HttpResponse:
    """The code books of a survey, and a new one."""
    campaign = access.get_desk(request.user, pk)
    form = BookForm(request.POST or None, campaign, get_language() or "fr")
    if request.method == "POST" and form.is_valid():
        book = operations.create_book(
            campaign,
            question=form.cleaned_data["question"],
            title=form.cleaned_data["title"],
            lines=form.cleaned_data["codes"],
            by=request.user,
        )
        messages.success(request, _("The code book is open: code the first answers."))
        return redirect("tabulations:code", pk=pk, book_pk=book.pk)
    found = campaign.code_books.order_by("title").prefetch_related("codes")
    context = {
        "campaign": campaign,
        "space": campaign.space,
        "books": found,
        "form": form,
    }
    return render(request, "tabulations/books.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def code(request: SignedInRequest, pk: int, book_pk: int) -> HttpResponse:
    """A page of answers, each with the codes to tick."""
    campaign = access.get_desk(request.user, pk)
    book = access.get_book(campaign, book_pk)
    if request.method == "POST":
        return _kept(request, book)
    page = coding.answers(book, request.user, request.GET.get("page", "1"))
    context = {
        **_book_context(campaign, book),
        "codes": book.codes.all(),
        "page": page,
        "progress": coding.progress(book),
    }
    return render(request, "tabulations/code.html", context)


def _kept(request: SignedInRequest, book: CodeBook) -> HttpResponse:
    """Write the codes of the answers ticked as read, then show the next page."""
    try:
        n = operations.code_answers(book, _ticked(request.POST), by=request.user)
    except (UnknownCode, ValueError):
        messages.error(
            request, _("This page is out of date: nothing was kept, code it again.")
        )
        return redirect("tabulations:code", pk=book.campaign_id, book_pk=book.pk)
    told = ngettext("%(n)s answer coded.", "%(n)s answers coded.", n) % {"n": n}
    messages.success(request, told)
    url = reverse("tabulations:code", args=[book.campaign_id, book.pk])
    return redirect(f"{url}?page={request.POST.get('next', '1')[:6]}")


def _ticked(data: QueryDict) -> Mapping[int, list[int]]:
    """Codes by answer: `read` lists the answers, `codes-<answer>` their codes."""
    return {
        int(pk): [int(one) for one in data.getlist(f"codes-{pk}")]
        for pk in data.getlist("read")
    }


@require_http_methods(["GET", "POST"])
@never_cache
def codes(request: SignedInRequest, pk: int, book_pk: int) -> HttpResponse:
    """The codes of a book, to correct as reading teaches."""
    campaign = access.get_desk(request.user, pk)
    book = access.get_book(campaign, book_pk)
    lines = [
        f"{one.label}: {one.definition}" if one.definition else one.label
        for one in book.codes.all()
    ]
    form = CodesForm(request.POST or None, initial={"codes": "\n".join(lines)})
    if request.method == "POST" and form.is_valid():
        operations.change_codes(book, form.cleaned_data["codes"], by=request.user)
        messages.success(request, _("The codes are changed."))
        return redirect("tabulations:code", pk=pk, book_pk=book.pk)
    context = {**_book_context(campaign, book), "form": form}
    return render(request, "tabulations/codes.html", context)


@require_safe
@never_cache
def agreement(request: SignedInRequest, pk: int, book_pk: int) -> HttpResponse:
    """How far coders agree, code by code."""
    campaign = access.get_desk(request.user, pk)
    book = access.get_book(campaign, book_pk)
    context = {
        **_book_context(campaign, book),
        "pairs": coding.pairs(book),
        "progress": coding.progress(book),
    }
    return render(request, "tabulations/agreement.html", context)


def _book_context(campaign: Campaign, book: CodeBook) -> dict[str, object]:
    words = Words(campaign.version.read(), get_language() or "fr")
    return {
        "campaign": campaign,
        "space": campaign.space,
        "book": book,
        "question": words.question(book.question_code),
    }
