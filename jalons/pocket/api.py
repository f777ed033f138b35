"""What telephones call: a token in the header, never a cookie; JSON both ways."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from jalons.pocket import incoming
from jalons.rounds import handout as rounds
from jalons.rounds.enrolment import Stopped, UnknownCode, enrol_device, note_seen
from jalons.rounds.refused import Refused

View = Callable[[HttpRequest], HttpResponse]


def for_phones(view: View) -> View:
    """No cookie, no form of another site to fear; a refusal is an answer."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except Refused as refusal:
            return incoming.refused(refusal)

    return csrf_exempt(login_not_required(never_cache(answered)))


@require_POST
@for_phones
def join(request: HttpRequest) -> HttpResponse:
    """The code of a surveyor against a token for this telephone."""
    sent = incoming.read_json(request)
    code, name = sent.get("code"), sent.get("name", "")
    if not isinstance(code, str) or not isinstance(name, str) or len(code) > 100:
        raise Refused("malformed")
    if not ratelimit.consume(request, action="pocket_join"):
        return _too_often()
    try:
        enrolled = enrol_device(code, name=name, at=timezone.now())
    except UnknownCode:
        message = _("This code is not known: check each letter, or scan the QR code.")
        return _no(404, "unknown_code", message)
    except Stopped:
        message = _("This code no longer works: ask the person in charge for another.")
        return _no(410, "stopped", message)
    return JsonResponse({"token": enrolled.secret})


@require_safe
@for_phones
def handout(request: HttpRequest) -> HttpResponse:
    """All that is needed to interview for days; nothing when it has not changed."""
    device = incoming.device_of(request, at=timezone.now())
    note_seen(device)
    content = json.dumps(rounds.handout(device)).encode()
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": etag})
    headers = {"ETag": etag}
    return HttpResponse(content, content_type="application/json", headers=headers)


@require_POST
@for_phones
def receive(request: HttpRequest) -> HttpResponse:
    """One sealed record, kept once however often it is sent."""
    device = incoming.device_of(request, at=timezone.now())
    if not ratelimit.consume(request, action="pocket_send", key=str(device.pk)):
        return _too_often()
    sent = incoming.read_json(request)
    note_seen(device)
    receipt = incoming.take(device.surveyor.round, device, sent.get("envelope"))
    return JsonResponse({"key": str(receipt.key), "status": receipt.status})


def _too_often() -> JsonResponse:
    message = _("Too many tries: wait ten minutes, then try again.")
    return _no(429, "too_often", message)


def _no(status: int, reason: str, message: str) -> JsonResponse:
    return JsonResponse({"reason": reason, "message": message}, status=status)
