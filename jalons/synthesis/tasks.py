from __future__ import annotations

from django_tasks import task

from jalons.synthesis import checking
from jalons.synthesis.models import Synthesis


@task()
def check(synthesis_id: int, digest: str) -> None:
    """Check the tables that a synthesis shows, unless it was taken away meanwhile."""
    for synthesis in Synthesis.objects.select_related("campaign").filter(
        pk=synthesis_id
    ):
        checking.run(synthesis, digest)
