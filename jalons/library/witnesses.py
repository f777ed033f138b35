"""The contact of a sheet: asked by mail, shown once they agreed, erased on demand."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.library.models import Sheet, Witness
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses

ASKED = "witness-asked"
WAITED, KEPT = timedelta(days=30), timedelta(days=730)
SIGNER = signing.Signer(salt="jalons.library.witness", sep=".")


class DeadAddress(Exception):
    """This address refused a mail for good."""


@transaction.atomic
def ask_witness(sheet: Sheet, *, name: str, role: str, email: str, by: User) -> Witness:
    """Write to somebody, who takes the place of the one before. Raises DeadAddress."""
    if email in dead_addresses():
        raise DeadAddress(email)
    Witness.objects.filter(sheet=sheet).delete()
    witness = Witness.objects.create(
        sheet=sheet,
        name=name,
        role=role,
        email=email,
        kept_until=timezone.localdate() + WAITED,
    )
    mail.queue(
        ASKED,
        email,
        period=str(witness.pk),
        context={"witness": witness, "sheet": sheet, "url": address_of(witness)},
    )
    audit.record("witness.asked", witness, by=by, space_id=sheet.space_id)
    return witness


@transaction.atomic
def agree(witness: Witness) -> None:
    """Their name, role and e-mail are shown, for two years."""
    witness.agreed_at = timezone.now()
    witness.kept_until = timezone.localdate() + KEPT
    witness.save(update_fields=["agreed_at", "kept_until"])
    space_id = witness.sheet.space_id
    audit.record("witness.agreed", witness, by=None, space_id=space_id)


@transaction.atomic
def remove_witness(witness: Witness, *, by: User | None) -> None:
    """They are shown no more, and their address is erased."""
    space_id = witness.sheet.space_id
    audit.record("witness.removed", witness, by=by, space_id=space_id)
    witness.delete()


def address_of(witness: Witness) -> str:
    """The link by which they agree, or wish no more."""
    path = reverse("library:agreement", args=[SIGNER.sign(witness.key.hex)])
    return f"{settings.SITE_URL}{path}"


def find_witness(token: str) -> Witness:
    """Whoever this link was sent to, or 404."""
    try:
        key = UUID(hex=SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    found: Witness | None = (
        Witness.objects.filter(key=key, kept_until__gte=timezone.localdate())
        .select_related("sheet__space")
        .first()
    )
    if found is None:
        raise Http404
    return found
