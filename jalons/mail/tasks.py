from __future__ import annotations

from django.utils import timezone
from django_tasks import task, task_backends

from jalons.mail import delivery
from jalons.mail.models import Message


@task()
def deliver(message_id: int) -> None:
    """Try to send one message; ask for another try later if it could not be sent."""
    message = delivery.attempt(message_id, at=timezone.now())
    if message is None or message.state != Message.State.QUEUED:
        return
    if task_backends["default"].supports_defer:
        deliver.using(run_after=message.next_try_at).enqueue(message_id)
