"""What an administrator does for the teams whose owners are gone."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jalons.accounts import proof
from jalons.accounts.access import SignedInRequest
from jalons.spaces import access, ownership
from jalons.spaces.forms import OwnerForm

PER_PAGE = 30


@require_safe
@never_cache
def without_owner(request: SignedInRequest) -> HttpResponse:
    access.require_administrator(request.user)
    spaces = ownership.without_owner(timezone.now())
    page = Paginator(spaces, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "days": ownership.ABSENT_AFTER.days}
    return render(request, "spaces/without_owner.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@proof.required_to_write
def name_owner(request: SignedInRequest, pk: int) -> HttpResponse:
    access.require_administrator(request.user)
    space = get_object_or_404(ownership.without_owner(timezone.now()), pk=pk)
    form = OwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ownership.name_owner(space, **form.cleaned_data, by=request.user)
        except ownership.OwnerPresent:
            form.add_error(None, _("An owner of this team is signed in: write to it."))
        except ownership.NotAColleague:
            form.add_error("email", _("This address is not one that may be named."))
        else:
            said = _("“%(name)s” has an owner again, who is told by mail.")
            messages.success(request, said % {"name": space.name})
            return redirect("spaces:without_owner")
    context = {"form": form, "space": space}
    return render(request, "spaces/name_owner.html", context)
