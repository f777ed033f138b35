"""Messages of a network for the tests, told as a member tells them."""

from __future__ import annotations

import itertools

from jalons.accounts.models import User
from jalons.community import operations
from jalons.community.models import News
from jalons.spaces.models import Space

_numbers = itertools.count(1)


def tell(
    space: Space, title: str = "", *, by: User, to_all: bool = False, **fields: object
) -> News:
    given = {
        "kind": News.Kind.PROBLEM,
        "text": "Le code n’arrive jamais par SMS.",
        "territory": space.territory,
        **fields,
    }
    news = News(space=space, title=title or f"Difficulté {next(_numbers)}", **given)
    return operations.post_news(news, to_all=to_all, by=by)
