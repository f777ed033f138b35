from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.http import urlencode

from jalons.accounts.models import User
from jalons.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Call:
    """How to call one URL: its arguments, its query, and what a form would send.

    `respondent` replaces the arguments for the person by link, who alone holds the
    secret of the link.
    """

    kwargs: dict[str, object] = field(default_factory=dict)
    query: dict[str, object] = field(default_factory=dict)
    post: dict[str, object] = field(default_factory=dict)
    respondent: dict[str, object] = field(default_factory=dict)

    @property
    def without_secret(self) -> Call:
        """The same call by someone who knows every number but must guess links."""
        if "secret" not in self.kwargs:
            return self
        return replace(self, kwargs=self.kwargs | {"secret": "AAAAAAAAAAAAAAAAAAAAAA"})

    def url(self, name: str, column: str = "") -> str:
        is_by_link = column == "respondent" and self.respondent
        path = reverse(name, kwargs=self.respondent if is_by_link else self.kwargs)
        return f"{path}?{urlencode(self.query)}" if self.query else path


@dataclass(frozen=True, slots=True)
class Side:
    """A space and its people by role, in which each app puts its objects.

    `mark` is a word found in every title of this side and nowhere else.
    """

    mark: str
    space: Space
    people: dict[str, User]

    @property
    def owner(self) -> User:
        return self.people["owner"]
