"""The lists of people a team may write to: made, filled, corrected, erased."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.files.exports import stream_csv
from jalons.files.tables import UnreadableFile, read_table
from jalons.invitations import access, figures, loaders, operations
from jalons.invitations.forms import AddForm, ContactForm, DeadForm, ListForm
from jalons.invitations.loaders import Entry, Sorted
from jalons.invitations.models import ContactList
from jalons.mail import operations as mail
from jalons.mail.models import Bounce
from jalons.spaces.access import Right, get_space

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def lists(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    today = timezone.localdate()
    found = space.contact_lists.order_by("title")
    states = figures.list_states(found, today=today)
    return render(request, "invitations/lists.html", {"space": space, "states": states})


@form_page
def create_list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    form = ListForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        made = operations.save_list(form.instance, by=request.user)
        messages.success(request, _("The list is created. Add people to it."))
        return redirect("invitations:add", space_pk, made.pk)
    context = {"space": space, "form": form}
    return render(request, "invitations/create_list.html", context)


@form_page
def edit_list(request: SignedInRequest, space_pk: int, list_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    contact_list = access.get_list(space, list_pk)
    form = ListForm(request.POST or None, instance=contact_list, space=space)
    if request.method == "POST" and form.is_valid():
        operations.save_list(contact_list, by=request.user)
        messages.success(request, _("The list is changed."))
        return redirect("invitations:show_list", space_pk, list_pk)
    context = {"space": space, "contact_list": contact_list, "form": form}
    return render(request, "invitations/edit_list.html", context)


@require_safe
def show_list(request: SignedInRequest, space_pk: int, list_pk: int) -> HttpResponse:
    """The people of a list, those to inform, and the addresses that no longer work."""
    space = get_space(request.user, space_pk, Right.EDIT)
    contact_list = access.get_list(space, list_pk)
    contacts = contact_list.contacts.select_related("territory").order_by("email")
    addresses = [contact.email for contact in contacts]
    dead = Bounce.objects.filter(address__in=addresses)
    context = {
        "space": space,
        "contact_list": contact_list,
        "state": figures.list_state(contact_list, today=timezone.localdate()),
        "contacts": contacts,
        "bounces": {bounce.address: bounce for bounce in dead},
    }
    return render(request, "invitations/show_list.html", context)


@require_POST
def delete_list(request: SignedInRequest, space_pk: int, list_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    operations.delete_list(access.get_list(space, list_pk), by=request.user)
    messages.success(request, _("The list and its people are erased."))
    return redirect("invitations:lists", space_pk)


@form_page
def add(request: SignedInRequest, space_pk: int, list_pk: int) -> HttpResponse:
    """Add the lines that are right; give back the others, each with its reason."""
    space = get_space(request.user, space_pk, Right.EDIT)
    contact_list = access.get_list(space, list_pk)
    form = AddForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = _sort_out(form, contact_list)
    if found is not None:
        count = operations.add_people(
            contact_list, found.people, completed=found.completed, by=request.user
        )
        messages.success(request, _added(count))
        if found.line_count == len(found.people):
            return redirect("invitations:show_list", space_pk, list_pk)
        form = AddForm(initial={"text": found.text_refused})
    context = {
        "space": space,
        "contact_list": contact_list,
        "form": form,
        "found": found,
    }
    return render(request, "invitations/add.html", context)


def _sort_out(form: AddForm, contact_list: ContactList) -> Sorted | None:
    try:
        return loaders.sort_out(contact_list, _entries(form))
    except UnreadableFile as error:
        form.add_error("file", str(error))
    return None


def _entries(form: AddForm) -> list[Entry]:
    file = form.cleaned_data["file"]
    if not file:
        return loaders.read_lines(form.cleaned_data["text"])
    return loaders.read_rows(read_table(file, name=file.name), name=file.name)


def _added(count: int) -> str:
    message = ngettext("%(n)d person is added.", "%(n)d people are added.", count)
    return message % {"n": count}


@require_safe
def export(request: SignedInRequest, space_pk: int, list_pk: int) -> HttpResponseBase:
    space = get_space(request.user, space_pk, Right.EDIT)
    contact_list = access.get_list(space, list_pk)
    header = ("nom", "courriel", "fonction", "territoire", "profil", "plus de courriel")
    return stream_csv("contacts-ne-pas-diffuser.csv", header, _rows(contact_list))


def _rows(contact_list: ContactList) -> Iterator[Sequence[object]]:
    for one in contact_list.contacts.order_by("email").iterator():
        stopped = timezone.localdate(one.opted_out_at) if one.opted_out_at else ""
        yield one.name, one.email, one.function, one.territory_id, one.profile, stopped


@require_POST
def tell(request: SignedInRequest, space_pk: int, list_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    contact_list = access.get_list(space, list_pk)
    count = operations.tell_people(
        contact_list, by=request.user, today=timezone.localdate()
    )
    message = ngettext(
        "%(n)d person is being informed by mail.",
        "%(n)d people are being informed by mail.",
        count,
    )
    messages.success(request, message % {"n": count})
    return redirect("invitations:show_list", space_pk, list_pk)


@form_page
def edit_contact(
    request: SignedInRequest, space_pk: int, list_pk: int, contact_pk: int
) -> HttpResponse:
    """Correct a person, say that their address is dead or works again."""
    space = get_space(request.user, space_pk, Right.EDIT)
    contact = access.get_contact(access.get_list(space, list_pk), contact_pk)
    bounce = Bounce.objects.filter(address=contact.email).first()
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        operations.change_contact(contact, by=request.user)
        messages.success(request, _("The person is changed."))
        return redirect("invitations:show_list", space_pk, list_pk)
    context = {
        "space": space,
        "contact_list": contact.contact_list,
        "contact": contact,
        "form": form,
        "bounce": bounce,
        "dead_form": DeadForm(),
    }
    return render(request, "invitations/edit_contact.html", context)


@require_POST
def delete_contact(
    request: SignedInRequest, space_pk: int, list_pk: int, contact_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    contact = access.get_contact(access.get_list(space, list_pk), contact_pk)
    operations.delete_contact(contact, by=request.user)
    messages.success(request, _("The person is erased from the list."))
    return redirect("invitations:show_list", space_pk, list_pk)


@require_POST
def dead(
    request: SignedInRequest, space_pk: int, list_pk: int, contact_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    contact = access.get_contact(access.get_list(space, list_pk), contact_pk)
    form = DeadForm(request.POST)
    if form.is_valid():
        mail.say_dead(contact.email, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Nobody writes to this address any more."))
    else:
        messages.error(request, _("Say how you know that the address is dead."))
    return redirect("invitations:edit_contact", space_pk, list_pk, contact_pk)


@require_POST
def alive(
    request: SignedInRequest, space_pk: int, list_pk: int, contact_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    contact = access.get_contact(access.get_list(space, list_pk), contact_pk)
    if bounce := Bounce.objects.filter(address=contact.email).first():
        mail.say_alive(bounce, by=request.user)
        messages.success(request, _("This address may be written to again."))
    return redirect("invitations:edit_contact", space_pk, list_pk, contact_pk)
