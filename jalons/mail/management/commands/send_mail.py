"""`jalons send-mail`: send what waits in the outbox, without a worker."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.mail import operations


class Command(BaseCommand):
    help = "Send the mails that wait in the outbox."

    def add_arguments(self, parser):
        parser.add_argument(
            "--failed", action="store_true", help="also try again what was given up"
        )

    def handle(self, *, failed, **options):
        if failed:
            operations.retry_failed()
        flushed = operations.send_waiting(timezone.now())
        self.stdout.write(
            _(
                "Sent: %(sent)d. Waiting: %(waiting)d. Given up: %(failed)d. "
                "Perhaps sent, to be checked: %(uncertain)d."
            )
            % {
                "sent": flushed.sent_count,
                "waiting": flushed.waiting_count,
                "failed": flushed.failed_count,
                "uncertain": flushed.uncertain_count,
            }
        )
