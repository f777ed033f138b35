"""The tables of a workshop: chosen, filled, and what each retains."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from jalons.accounts.access import SignedInRequest
from jalons.accounts.models import User
from jalons.actors.pages import form_page
from jalons.live.access import read_number
from jalons.spaces.access import Right, get_space, right_in
from jalons.workshops import access, plenary, screens, seating
from jalons.workshops.console_views import join_address
from jalons.workshops.forms import TablesForm
from jalons.workshops.models import Activity, Workshop
from jalons.workshops.qr import qr_code
from jalons.workshops.refused import Refused
from jalons.workshops.sitting import read_retained, retained_words


@never_cache
@form_page
def tables(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Who sits where, who reports, how to join each table, what each retains."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    space = get_space(request.user, space_pk, right)
    workshop = access.get_workshop(space, pk)
    asked = request.POST.get("activity") or request.GET.get("activite")
    activity = _activity(workshop, asked)
    is_list = request.POST.get("act") == "tables"
    form = TablesForm(request.POST if is_list else None, initial=_initial(workshop))
    problem = ""
    if request.method == "POST":
        problem = _do(request, workshop, activity, form)
        if not problem and not form.errors:
            address = reverse("workshops:tables", args=[space_pk, pk])
            return redirect(f"{address}?activite={activity.pk if activity else 0}")
    context = _page(workshop, activity) | {"space": space, "form": form}
    context |= {"can_write": right_in(request.user, space, Right.CONTRIBUTE)}
    context |= {"problem": problem, "sent": request.POST}
    context["refused"] = read_number(request.POST.get("table")) if problem else 0
    return render(request, "workshops/tables.html", context, status=_status(problem))


def _status(problem: str) -> int:
    return 400 if problem else 200


def _activity(workshop: Workshop, pk: str | None) -> Activity | None:
    """The activity asked for, else the one that is played, else the first."""
    found = [one for one in workshop.activities.all() if one.definition.at_tables]
    wanted = read_number(pk) or workshop.current_id
    return next((one for one in found if one.pk == wanted), next(iter(found), None))


def _initial(workshop: Workshop) -> dict[str, str]:
    return {"titles": "\n".join(one.title for one in workshop.tables.all())}


def _page(workshop: Workshop, activity: Activity | None) -> dict[str, object]:
    """The tables as they are; each with the address that joins it at once."""
    listening = screens.listening_of(workshop, "team")
    sides = plenary.sides_of(workshop, activity)
    address = join_address(workshop)
    return {
        "workshop": workshop,
        "activity": activity,
        "activities": [
            one for one in workshop.activities.all() if one.definition.at_tables
        ],
        "listening": listening,
        "sides": [(one, qr_code(f"{address}?table={one.table.pk}")) for one in sides],
        "alone": workshop.participants.filter(table=None).order_by("pk"),
        "former": _former(activity),
    }


def _former(activity: Activity | None) -> object:
    if activity is None:
        return ()
    written = activity.syntheses.filter(is_current=False)
    return written.select_related("table", "author").order_by("table", "-number")


def _do(
    request: SignedInRequest,
    workshop: Workshop,
    activity: Activity | None,
    form: TablesForm,
) -> str:
    """Do what the form asks; the reason when it is not kept. Raises Http404."""
    try:
        said = _act(request.POST, workshop, activity, form, request.user)
    except Refused as refused:
        return refused.reason
    except seating.InUse as used:
        words = _("“%(table)s” stays: people sit there, or it wrote something.")
        form.add_error("titles", words % {"table": used.table})
        return ""
    if said:
        messages.success(request, said)
    return ""


def _act(
    post: QueryDict,
    workshop: Workshop,
    activity: Activity | None,
    form: TablesForm,
    by: User,
) -> str:
    match post.get("act"):
        case "tables":
            if not form.is_valid():
                return ""
            seating.set_tables(workshop, form.cleaned_data["titles"], by=by)
            return _("The tables are ready: each has its own code to join.")
        case "share":
            n = seating.share_out(workshop, by=by)
            words = ngettext("%(n)s person sits.", "%(n)s people sit.", n)
            return words % {"n": n}
        case "sit":
            person = access.get_participant(workshop, post.get("person"))
            seating.move(person, access.get_table(workshop, post.get("table")), by=by)
            return _("This person sits there now.")
        case "reporter":
            table = access.get_table(workshop, post.get("table"))
            person = access.get_participant(workshop, post.get("person"))
            if person.table_id != table.pk:
                raise Http404
            seating.name_reporter(table, person, by=by)
            return _("The reporter of the table is named.")
        case "synthesis" if activity is not None:
            table = access.get_table(workshop, post.get("table"))
            kept = seating.retain(table, activity, read_retained(post), by=by)
            return retained_words(kept)
    raise Http404
