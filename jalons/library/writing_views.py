"""What a recognised resource centre writes: drafts, versions, contacts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.library import access, figures, operations, witnesses
from jalons.library.definitions import is_english
from jalons.library.models import LinkCheck, Sheet
from jalons.library.pages import form_page
from jalons.library.writing_forms import ASKED, SheetForm, WitnessForm, initial_of


@require_safe
@never_cache
def desk(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The sheets of a centre, and the addresses that no longer open."""
    space = access.get_centre(request.user, space_pk)
    context = {
        "space": space,
        "sheets": figures.written_by_centre(space_pk),
        "dead": LinkCheck.objects.filter(answer=LinkCheck.Answer.DEAD),
    }
    return render(request, "library/desk.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """First its kind, then the parts asked of that kind."""
    space = access.get_centre(request.user, space_pk)
    asked = request.POST.get("kind") or request.GET.get("genre", "")
    if request.method != "POST" and asked not in ASKED:
        context = {"space": space, "kinds": Sheet.Kind}
        return render(request, "library/kinds.html", context)
    form = SheetForm(request.POST or None, asked=asked, initial={"kind": asked})
    if request.method == "POST" and form.is_valid():
        new = operations.New(Sheet.Kind(form.cleaned_data["kind"]), space)
        sheet = operations.create_sheet(new, form.content, by=request.user)
        messages.success(request, _("The sheet is a draft: publish it when ready."))
        return redirect("library:own", space_pk, sheet.pk)
    return render(request, "library/write.html", {"space": space, "form": form})


@require_safe
@never_cache
def own(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """One sheet of the centre: its last version, what may be done, its history."""
    space = access.get_centre(request.user, space_pk)
    sheet = access.get_own_sheet(space, pk)
    editions = sheet.editions.select_related("written_by").order_by("-number")
    context = {
        "space": space,
        "sheet": sheet,
        "editions": editions,
        "last": editions[0],
        "form": WitnessForm(),
        "is_english": is_english(),
    }
    return render(request, "library/own.html", context)


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """A new version; what everybody reads does not change before it is published."""
    space = access.get_centre(request.user, space_pk)
    sheet = access.get_own_sheet(space, pk)
    last = operations.latest(sheet).read
    form = SheetForm(
        request.POST or None,
        initial=initial_of(sheet, last),
        asked=sheet.kind,
        kept=last.sections,
    )
    if request.method == "POST" and form.is_valid():
        kind = Sheet.Kind(form.cleaned_data["kind"])
        operations.write_sheet(sheet, form.content, by=request.user, kind=kind)
        messages.success(request, _("The new version is kept as a draft."))
        return redirect("library:own", space_pk, pk)
    context = {"space": space, "sheet": sheet, "form": form}
    return render(request, "library/write.html", context)


@require_POST
def publish(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    sheet = access.get_own_sheet(access.get_centre(request.user, space_pk), pk)
    try:
        operations.publish_sheet(sheet, by=request.user)
    except operations.NothingToPublish:
        messages.info(request, _("Everybody reads its last version already."))
    else:
        messages.success(request, _("Everybody finds this sheet."))
    return redirect("library:own", space_pk, pk)


@require_POST
def withdraw(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    sheet = access.get_own_sheet(access.get_centre(request.user, space_pk), pk)
    operations.withdraw_sheet(sheet, by=request.user)
    messages.success(request, _("Nobody outside your team finds this sheet any more."))
    return redirect("library:own", space_pk, pk)


@require_safe
@never_cache
def edition(
    request: SignedInRequest, space_pk: int, pk: int, number: int
) -> HttpResponse:
    """One version, as it was written."""
    space = access.get_centre(request.user, space_pk)
    sheet = access.get_own_sheet(space, pk)
    found = access.get_edition(sheet, number)
    context = {
        "space": space,
        "sheet": sheet,
        "edition": found,
        "is_english": is_english(),
    }
    return render(request, "library/edition.html", context)


@require_POST
def restore(
    request: SignedInRequest, space_pk: int, pk: int, number: int
) -> HttpResponse:
    sheet = access.get_own_sheet(access.get_centre(request.user, space_pk), pk)
    found = access.get_edition(sheet, number)
    operations.restore_edition(sheet, found, by=request.user)
    messages.success(request, _("This version is the draft again: publish it."))
    return redirect("library:own", space_pk, pk)


@require_POST
def ask_witness(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Write to whoever may be asked about a sheet."""
    sheet = access.get_own_sheet(access.get_centre(request.user, space_pk), pk)
    form = WitnessForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A name and an e-mail are needed."))
        return redirect("library:own", space_pk, pk)
    try:
        witnesses.ask_witness(sheet, by=request.user, **form.cleaned_data)
    except witnesses.DeadAddress:
        messages.error(request, _("This address refuses mails."))
    else:
        messages.success(request, _("A mail asks them to agree."))
    return redirect("library:own", space_pk, pk)
