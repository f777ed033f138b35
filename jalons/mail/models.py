from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient

# A try lasts seconds; one begun longer ago than this was cut short.
CUT_SHORT_AFTER = timedelta(minutes=15)


class MessageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Message.State.QUEUED)

    def uncertain(self, *, at):
        """Handed to a mail server or not, nobody knows: a person decides."""
        begun = self.filter(state=Message.State.SENDING)
        return begun.filter(Q(claimed_at__lte=at - CUT_SHORT_AFTER) | ~Q(error=""))

    def due(self, *, at):
        """Waiting, and not being tried elsewhere at this moment."""
        return self.waiting().filter(Q(next_try_at=None) | Q(next_try_at__lte=at))


class Message(models.Model):
    """A mail to one person for one reason and one period, sent once.

    Once sent, the text is emptied: it may hold a personal link, of which only the
    print may be kept. The row itself stays longer than a year, so that a yearly
    mail is not sent twice.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")

    reason = models.SlugField(max_length=60)
    recipient = models.EmailField(_("e-mail address"))
    period = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # Where one click stops these mails (RFC 8058), and who reads an answer to them.
    unsubscribe_url = models.CharField(max_length=300, blank=True)
    reply_to = models.EmailField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()
    PRIVATE_TEXTS = ("text", "html", "unsubscribe_url", "reply_to")

    personal_data = PersonalData(
        purpose=_("Send the mails people asked for or need, and never twice"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who receive a mail"),
        held=_("the e-mail address, the subject, the text until it is sent"),
        kept_days=400,
        counted_from="created_at",
        since=_("its sending"),
        fields=("recipient", "subject", "text", "html", "unsubscribe_url", "reply_to"),
        recipients=(Recipient.WRITTEN_TO, Recipient.ADMINISTRATORS),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reason", "recipient", "period"],
                name="message_once_per_reason_and_period",
            ),
            models.CheckConstraint(
                name="message_sent_at_when_sent",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
            ),
        ]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    def mark_sent(self, *, at: datetime) -> None:
        """Sent, and emptied of what may hold a personal link; to be saved."""
        self.state, self.sent_at, self.error = self.State.SENT, at, ""
        for name in self.PRIVATE_TEXTS:
            setattr(self, name, "")


class BounceQuerySet(models.QuerySet):
    def permanent(self):
        return self.filter(is_permanent=True)


class Bounce(models.Model):
    """An address to which a mail could not be delivered, and the reason given.

    Permanent, it is dead: no list of any space writes to it again until somebody says
    that it works. Otherwise (full mailbox, server away) it is shown, and tried again
    at the next mail.
    """

    address = models.EmailField(unique=True)
    reason = models.CharField(max_length=500)
    is_permanent = models.BooleanField()
    happened_at = models.DateTimeField()

    objects = BounceQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Write no more to addresses that do not exist"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People whose address refused a mail"),
        held=_("the e-mail address and the words of its mail server"),
        kept_days=400,
        counted_from="happened_at",
        since=_("the last refusal"),
        fields=("address", "reason"),
        recipients=(Recipient.ADMINISTRATORS,),
    )

    class Meta:
        verbose_name = _("address that refuses mail")
        verbose_name_plural = _("addresses that refuse mail")
        constraints = [
            models.CheckConstraint(
                name="bounce_address_in_lower_case",
                condition=Q(address=Lower("address")),
            )
        ]

    def __str__(self) -> str:
        return self.address
