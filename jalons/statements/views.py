"""What the site states of itself: read by all, kept by the owners of its host."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.hosts.access import get_hosting
from jalons.hosts.figures import identity
from jalons.statements import access, figures, operations
from jalons.statements.criteria import Referential, Theme, rgaa, rgesn
from jalons.statements.forms import AuditForm, PlanForm
from jalons.statements.models import Plan


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration that the law asks for."""
    context = {
        "audit": figures.standing_audit(),
        "host": identity(),
        "counted": rgaa().counted(),
    }
    return render(request, "statements/accessibility.html", context)


@require_safe
@login_not_required
def criteria(request: HttpRequest) -> HttpResponse:
    """Each criterion, what we hold and what a person still has to look at."""
    context = {"referential": rgaa(), "opened": _theme(request, rgaa())}
    return render(request, "statements/criteria.html", context)


def _theme(request: HttpRequest, referential: Referential) -> Theme:
    """The theme that is read, one at a time: the first unless another is asked for."""
    asked = request.GET.get("theme", "")
    numbers = {str(at): one for at, one in enumerate(referential.themes, start=1)}
    return numbers.get(asked, referential.themes[0])


@require_safe
@login_not_required
def plan(request: HttpRequest) -> HttpResponse:
    """What will be done over three years: the words of the host, else ours."""
    found = figures.plan_of_the_host()
    context = {"plan": found, "host": identity()}
    return render(request, "statements/plan.html", context)


@require_safe
@login_not_required
def sobriety(request: HttpRequest) -> HttpResponse:
    """What the site costs the planet, as far as it is known."""
    context = {
        "referential": rgesn(),
        "counted": rgesn().counted(),
        "opened": _theme(request, rgesn()),
    }
    return render(request, "statements/sobriety.html", context)


@never_cache
@form_page
def audits(request: SignedInRequest) -> HttpResponse:
    """The audits recorded, and the form that records one."""
    space = get_hosting(request.user)
    form = AuditForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = operations.record_audit(space, form.cleaned_data, by=request.user)
        said = _("It is recorded. Under every page: accessibility, %(level)s.")
        told = figures.standing_audit()
        level = (told or made).level.label
        messages.success(request, said % {"level": level})
        return redirect("statements:audits")
    rows = space.accessibility_audits.order_by("-held_on", "-pk")
    context = {"space": space, "form": form, "audits": rows}
    return render(request, "statements/audits.html", context)


@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    space = get_hosting(request.user)
    operations.withdraw_audit(access.get_audit(space, pk), by=request.user)
    messages.success(request, _("This audit counts no more."))
    return redirect("statements:audits")


@never_cache
@form_page
def write_plan(request: SignedInRequest) -> HttpResponse:
    space = get_hosting(request.user)
    written = Plan.objects.filter(space=space).first()
    initial = {"first_year": timezone.localdate().year}
    form = PlanForm(request.POST or None, instance=written, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.write_plan(space, form.cleaned_data, by=request.user)
        messages.success(request, _("Everybody reads it now."))
        return redirect("statements:plan")
    context = {"space": space, "form": form}
    return render(request, "statements/write_plan.html", context)
