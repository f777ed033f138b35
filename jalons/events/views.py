"""The events of a space: prepared, published, who is registered, what is left."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.events import access, documents, figures, operations, registering
from jalons.events.forms import (
    AnswerForm,
    CancelForm,
    EventMeetingForm,
    FollowForm,
    OpeningForm,
    are_valid,
)
from jalons.events.models import Event
from jalons.files.exports import stream_csv
from jalons.meetings.models import Meeting
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "events": figures.events_of(space),
        "now": timezone.now(),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "events/list.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    before = access.find_event(space, request.GET.get("suite", ""))
    if before is None:
        return _write(request, space, Event(), Meeting(kind=Meeting.Kind.WEBINAR))
    return _write(request, space, *operations.next_session_of(before))


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    event = access.get_event(space, pk)
    return _write(request, space, event, event.meeting)


def _write(
    request: SignedInRequest, space: Space, event: Event, meeting: Meeting
) -> HttpResponse:
    """An event and its meeting, on one page."""
    initial = {} if meeting.pk else {"facilitators": [request.user]}
    first = EventMeetingForm(
        request.POST or None, instance=meeting, space=space, initial=initial
    )
    second = OpeningForm(request.POST or None, instance=event, space=space)
    if request.method == "POST" and are_valid([first, second]):
        operations.save_event(
            second.save(commit=False),
            first.save(commit=False),
            first.cleaned_data["facilitators"],
            by=request.user,
        )
        messages.success(request, _("The event is kept."))
        return redirect("events:manage", space.pk, event.pk)
    context = {"space": space, "event": event, "first": first, "second": second}
    return render(request, "events/edit.html", context)


@require_safe
@never_cache
def manage(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Where an event is: published or not, who comes, what is asked and thought."""
    space = get_space(request.user, space_pk, Right.READ)
    event = access.get_event(space, pk)
    can_write = right_in(request.user, space, Right.CONTRIBUTE)
    people = event.registrations.confirmed().order_by("state", "confirmed_at", "pk")
    context = {
        "space": space,
        "event": event,
        "is_over": event.is_over(at=timezone.now()),
        # Names are for those who welcome people, not for readers.
        "people": people if can_write else (),
        "questions": event.questions.order_by("state", "-asked_at", "pk"),
        "opinions": figures.opinions_of(event),
        "can_write": can_write,
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "events/manage.html", context)


@require_POST
def publish(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    event = access.get_event(space, pk)
    try:
        operations.publish_event(event, by=request.user)
    except operations.NotPublished:
        messages.error(request, _("A cancelled event stays cancelled."))
    else:
        messages.success(request, _("The event is in the public agenda."))
    return redirect("events:manage", space_pk, pk)


@require_POST
def tell(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The meeting was moved from its own page: those registered are told now."""
    space = get_space(request.user, space_pk, Right.EDIT)
    count = operations.tell_move(access.get_event(space, pk))
    _say_mails(request, count)
    return redirect("events:manage", space_pk, pk)


@never_cache
@form_page
def cancel(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    event = access.get_event(space, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            count = operations.cancel_event(event, reason=reason, by=request.user)
        except operations.NotPublished:
            messages.error(request, _("Only an event of the agenda is cancelled."))
        else:
            _say_mails(request, count)
        return redirect("events:manage", space_pk, pk)
    context = {"space": space, "event": event, "form": form}
    return render(request, "events/cancel.html", context)


@never_cache
@form_page
def follow(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The recording and the materials, once it took place."""
    space = get_space(request.user, space_pk, Right.EDIT)
    event = access.get_event(space, pk)
    form = FollowForm(request.POST or None, instance=event, space=space)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        operations.follow_event(
            event, said["replay_url"], said["resources"], by=request.user
        )
        messages.success(request, _("It is on the page of the event."))
        return redirect("events:manage", space_pk, pk)
    context = {"space": space, "event": event, "form": form}
    return render(request, "events/follow.html", context)


@require_POST
def propose(
    request: SignedInRequest, space_pk: int, pk: int, next_pk: int
) -> HttpResponse:
    """The next session, to those registered to this one."""
    space = get_space(request.user, space_pk, Right.EDIT)
    event, following = access.get_event(space, pk), access.get_event(space, next_pk)
    try:
        count = operations.propose_next(event, following, by=request.user)
    except operations.NotPublished:
        messages.error(request, _("One does not register to this session yet."))
    else:
        _say_mails(request, count)
    return redirect("events:manage", space_pk, pk)


@require_safe
def registered_csv(
    request: SignedInRequest, space_pk: int, pk: int
) -> HttpResponseBase:
    """Those registered, to welcome them."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    event = access.get_event(space, pk)
    return stream_csv(
        f"{_('registered')}-{pk}.csv",
        documents.header(),
        documents.lines_of(event),
        is_simulated=event.meeting.is_simulated,
    )


@require_POST
def present(
    request: SignedInRequest, space_pk: int, pk: int, one_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    one = access.get_registration(access.get_event(space, pk), one_pk)
    registering.note_present(one, by=request.user)
    messages.success(request, _("Noted as present."))
    return redirect("events:manage", space_pk, pk)


@require_POST
def remove(
    request: SignedInRequest, space_pk: int, pk: int, one_pk: int
) -> HttpResponse:
    """Somebody asks by telephone to come no more."""
    space = get_space(request.user, space_pk, Right.EDIT)
    one = access.get_registration(access.get_event(space, pk), one_pk)
    registering.withdraw(one, by=request.user)
    messages.success(request, _("This registration is erased."))
    return redirect("events:manage", space_pk, pk)


@never_cache
@form_page
def answer(
    request: SignedInRequest, space_pk: int, pk: int, one_pk: int
) -> HttpResponse:
    """Show a question to everybody, with its answer."""
    space = get_space(request.user, space_pk, Right.EDIT)
    event = access.get_event(space, pk)
    question = access.get_question(event, one_pk)
    form = AnswerForm(request.POST or None, initial={"answer": question.answer})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["answer"]
        operations.show_question(question, said, by=request.user)
        messages.success(request, _("Everybody reads this question."))
        return redirect("events:manage", space_pk, pk)
    context = {"space": space, "event": event, "question": question, "form": form}
    return render(request, "events/answer.html", context)


@require_POST
def refuse(
    request: SignedInRequest, space_pk: int, pk: int, one_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    question = access.get_question(access.get_event(space, pk), one_pk)
    operations.refuse_question(question, by=request.user)
    messages.success(request, _("Nobody reads this question; its words are erased."))
    return redirect("events:manage", space_pk, pk)


def _say_mails(request: SignedInRequest, count: int) -> None:
    said = ngettext(
        "%(n)s mail leaves. Nobody receives it twice.",
        "%(n)s mails leave. Nobody receives them twice.",
        count,
    )
    messages.success(request, said % {"n": count})
