from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import LegalBasis, PersonalData


class MessageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Message.State.QUEUED)

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
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")

    reason = models.SlugField(max_length=60)
    recipient = models.EmailField(_("e-mail address"))
    period = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Send the mails people asked for or need, and never twice"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who receive a mail"),
        held=_("the e-mail address, the subject, the text until it is sent"),
        kept_days=400,
        counted_from="created_at",
        since=_("its sending"),
        fields=("recipient", "subject", "text", "html"),
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
