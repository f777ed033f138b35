"""Tell what interests one, without an account; confirm it, or erase it."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jalons.actors.pages import form_page
from jalons.reception import access, documents, operations
from jalons.reception.forms import NOT_FOLLOWED, InterestForm
from jalons.reception.leads import leads_of
from jalons.territories.models import Territory


@never_cache
@form_page
@login_not_required
@rate_limit(action="tell_interest")
def tell(request: HttpRequest) -> HttpResponse:
    """The five choices; each then leads at once to what answers it."""
    code = request.GET.get("territoire", "")[:10]
    here = Territory.objects.filter(code=code).first() if code else None
    initial = {"place": here.name} if here else None
    form = InterestForm(request.POST or None, initial=initial)
    is_sent = request.method == "POST" and form.is_valid()
    leads = []
    if is_sent and not form.is_a_robot:
        interest, contact = form.told
        operations.tell_interest(interest, contact)
        leads = leads_of(interest.choices, interest.territory)
    context = {
        "form": form,
        "is_sent": is_sent,
        "leads": leads,
        "notice": documents.notice(),
    }
    return render(request, "reception/tell.html", context)


@login_not_required
@never_cache
@form_page
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """What one told: confirmed or erased; opening the page decides nothing."""
    interest = access.find_interest(token)
    if request.method == "POST" and "effacer" in request.POST:
        operations.erase_interest(interest)
        return render(request, "reception/erased.html")
    if request.method == "POST":
        try:
            operations.confirm_interest(interest)
        except operations.NotFollowed:
            messages.error(request, NOT_FOLLOWED)
        else:
            messages.success(request, _("Thank you: the centre has it."))
        return redirect("reception:mine", token)
    context = {
        "interest": interest,
        "leads": leads_of(interest.choices, interest.territory),
        "notice": documents.notice(),
    }
    return render(request, "reception/mine.html", context)
