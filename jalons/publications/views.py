"""The centre's side: write, read over, publish, withdraw."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.publications import access, operations
from jalons.publications.composition import compose
from jalons.publications.forms import ReportForm
from jalons.publications.models import Report
from jalons.publications.operations import Stale
from jalons.spaces.embargo import PublishForm
from jalons.synthesis import pages
from jalons.synthesis.forms import WithdrawForm
from jalons.synthesis.pages import Opened


@require_http_methods(["GET", "POST"])
@never_cache
def edit(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What it holds and who made it; nothing is public by keeping it."""
    report = access.get_draft(request.user, space_pk)
    form = ReportForm(request.POST or None, report)
    version = report.version
    if request.method == "POST":
        given = request.POST.get("version", "")
        version = int(given) if given.isdecimal() else report.version
        if form.is_valid():
            try:
                operations.write_report(form.instance, version=version, by=request.user)
            except Stale as error:
                form.add_error(None, _("Somebody wrote it meanwhile: read it again."))
                version = error.theirs.version
            else:
                messages.success(request, _("Kept. Read it over before publishing."))
                return redirect("publications:publish", space_pk=space_pk)
    context = {
        "space": report.space,
        "report": report,
        "form": form,
        "version": version,
    }
    return render(request, "publications/edit.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def publish(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What will be public, what would be empty, the versions, and the button."""
    report = access.get_report(request.user, space_pk)
    composed = compose(report)
    is_ready = report.space.is_recognised and bool(composed.content.chapters)
    form = PublishForm(request.POST or None, report.space)
    if request.method == "POST" and is_ready and form.is_valid():
        return _publish(request, report, form)
    context = {
        "space": report.space,
        "report": report,
        "composed": composed,
        "is_ready": is_ready,
        "form": form,
        "issues": report.issues.defer("content"),
    }
    return render(request, "publications/publish.html", context)


def _publish(
    request: SignedInRequest, report: Report, form: PublishForm
) -> HttpResponse:
    try:
        operations.publish_report(report, public_from=form.public_from, by=request.user)
    except (operations.NotRecognised, operations.Empty):
        messages.error(request, _("It changed meanwhile: read this page again."))
    else:
        messages.success(request, _("The synthesis is published from the day chosen."))
    return redirect("publications:publish", space_pk=report.space_id)


@require_http_methods(["GET", "POST"])
@never_cache
def withdraw(request: SignedInRequest, space_pk: int, number: int) -> HttpResponse:
    report = access.get_report(request.user, space_pk)
    issue = access.get_issue(report, number)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Withdrawn meanwhile, it keeps the reason given first.
        with suppress(operations.AlreadyWithdrawn):
            reason = form.cleaned_data["reason"]
            operations.withdraw_issue(issue, reason=reason, by=request.user)
        messages.success(
            request, _("The version is withdrawn: its address only says why.")
        )
        return redirect("publications:publish", space_pk=space_pk)
    context = {"space": report.space, "issue": issue, "form": form}
    return render(request, "publications/withdraw.html", context)


def _open(request: SignedInRequest, space_pk: int) -> Opened:
    report = access.get_report(request.user, space_pk)
    return Opened(
        compose(report).content,
        report.slug,
        {"space_pk": space_pk},
        is_public=False,
        app="publications",
    )


@require_safe
@never_cache
def preview(request: SignedInRequest, space_pk: int) -> HttpResponse:
    return pages.cover(request, _open(request, space_pk))


@require_safe
@never_cache
def preview_chapter(
    request: SignedInRequest, space_pk: int, number: int
) -> HttpResponse:
    return pages.chapter(request, _open(request, space_pk), number)


@require_safe
@never_cache
def preview_method(request: SignedInRequest, space_pk: int) -> HttpResponse:
    return pages.method(request, _open(request, space_pk))


@require_safe
@never_cache
def preview_table(
    request: SignedInRequest, space_pk: int, code: str
) -> HttpResponseBase:
    return pages.table(_open(request, space_pk), code)


@require_safe
@never_cache
def preview_file(request: SignedInRequest, space_pk: int, format: str) -> HttpResponse:
    return pages.file(_open(request, space_pk), format)
