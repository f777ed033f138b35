"""An article, a letter sent to nobody and the next one in draft; all invented."""

from __future__ import annotations

from jalons.accounts.models import User
from jalons.gazette import operations, sending
from jalons.gazette.models import Article, Letter
from jalons.spaces.models import Space

TEXT = """Ce texte est inventé pour la démonstration.

# Ce qui a été fait

* Douze communes ont ouvert une permanence.
* Les agents d’accueil ont reçu **une demi-journée** de formation.

# Ce qui a manqué

Le transport\u00a0: les habitants sans voiture viennent peu. \
[D’autres le racontent](/bibliotheque/?genre=initiative).
"""
LETTER = """Bonjour,

Cette lettre est inventée pour la démonstration.

# À lire

* Un an de permanences dans les mairies
"""


def invent_gazette(centre: Space, officer: User) -> None:
    """Nobody subscribed: the letter leaves for the archive alone."""
    article = Article(
        space=centre,
        title="Un an de permanences dans les mairies (exemple)",
        summary="Douze communes ont ouvert une permanence. Récit inventé.",
        text=TEXT,
        topics=["theme:inclusion"],
        is_simulated=True,
    )
    operations.write_article(article, by=officer)
    operations.publish_article(article, by=officer)
    for title, leaves in (("La lettre de mars", True), ("La lettre d’avril", False)):
        letter = Letter(
            space=centre, title=f"{title} (exemple)", text=LETTER, is_simulated=True
        )
        sending.write_letter(letter, by=officer)
        if leaves:
            sending.send_letter(letter, by=officer)
            sending.finish_letters(dry_run=False)
