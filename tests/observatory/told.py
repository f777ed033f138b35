"""What a publication tells, read in its pages and files as anyone would."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from jalons.observatory.words import Words
from tests.observatory.attacker import Sums

NO_PROFILE = "no profile"
ROLES = ("main_stake", "strategy", "themes", "sectors", "difficulties", "needs")


def number(text: str) -> int | None:
    """A count as a file writes it; None when it is secret or not given."""
    return int(text) if re.fullmatch(r"\d+", text) else None


@dataclass
class Publication:
    """The public address of a survey, and what it lets one read."""

    client: object
    campaign: object

    def __post_init__(self) -> None:
        self.definition = self.campaign.version.read()
        self.words = Words(self.definition, "fr")
        self.profiles = [
            option.code for option in self.definition.with_role("profile").options
        ]

    def page(self, name: str, **query: str) -> str:
        url = reverse(f"observatory:{name}", args=[self.campaign.slug])
        response = self.client.get(url, query)
        assert response.status_code == 200
        return response.content.decode()

    def file(self, code: str) -> list[dict[str, str]]:
        """The lines of a CSV; none when the publication has no such table."""
        kwargs = {"slug": self.campaign.slug, "code": code}
        url = reverse("observatory:public_table", kwargs=kwargs)
        response = self.client.get(url)
        if response.status_code == 404:
            return []
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))

    @property
    def respondents(self) -> int:
        """Said under every figure."""
        found = re.search(r"(\d+) répondants?, \d+ EPCI sur", self.page("public"))
        return int(found[1])

    def states(self) -> dict[str, tuple[str, str]]:
        """Département and state of each EPCI of the map, by name."""
        return {
            line["EPCI"]: (line["Département"], line["Niveau d’avancement"])
            for line in self.file("epci")
        }

    def groups(self) -> dict[str, tuple[str, ...]]:
        """The profiles of each group of the files, by its title."""
        page = self.page("public_answers")
        select = re.search(r'<select name="profil">(.*?)</select>', page, re.S)[1]
        options = re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)<', select)
        every = (*self.profiles, NO_PROFILE)
        return {
            title: every if code == "*" else tuple(code.split("+"))
            for code, title in options
        }

    def left_blank(self, role: str, group: str) -> int | None:
        """How many of a group left a question, as its page says."""
        page = self.page("public_answers", question=role, profil=group)
        found = re.search(r"répondants, n = \d+\s*; (\d+) sans réponse", page)
        return int(found[1]) if found else None


def respondents(told: Publication) -> Sums:
    """Who answered what: unknowns are persons by profile, answer and département."""
    sums = Sums()
    every = (*told.profiles, NO_PROFILE)
    total = told.respondents
    sums.tell([("n", p) for p in every], total)
    labels = {told.words.group(p): p for p in told.profiles}
    for line in told.file("profils"):
        count = number(line["Répondants"])
        if count is not None:
            profile = labels.get(line["Profil"], NO_PROFILE)
            sums.tell([("n", profile)], count)
    _by_departement(told, sums, total)
    for role in (
        "main_stake",
        "strategy",
        "themes",
        "sectors",
        "difficulties",
        "needs",
    ):
        _answers(told, sums, role)
    return sums


def _by_departement(told: Publication, sums: Sums, total: int) -> None:
    """A département holds one respondent at least for each EPCI that answered."""
    found = Counter(d for d, state in told.states().values() if state != "Sans réponse")
    names = [line["Département"] for line in told.file("departements")]
    sums.tell([("in", name) for name in (*names, "elsewhere")], total)
    for line in told.file("departements"):
        name, count = line["Département"], number(line["Réponses"])
        sums.tell([("in", name)], found[name], total)
        if count is not None:
            sums.tell([("in", name)], count)


def _answers(told: Publication, sums: Sums, role: str) -> None:
    question = told.definition.with_role(role)
    lines = told.file(f"{role}-profils")
    if not lines:
        return
    groups, every = told.groups(), (*told.profiles, NO_PROFILE)
    codes = {told.words.option(question.code, o.code): o for o in question.options}
    for p in every:
        sums.tell_equal([("n", p)], [("base", role, p), ("blank", role, p)])
        chosen = [("said", role, option.code, p) for option in question.options]
        if question.type == "single":
            sums.tell_equal(chosen, [("base", role, p)])
        else:
            sums.tell_at_most([("base", role, p)], 1, chosen)
            if question.max_choices:
                sums.tell_at_most(chosen, question.max_choices, [("base", role, p)])
            for option in chosen:
                sums.tell_at_most([option], 1, [("base", role, p)])
    for line in lines:
        option = codes[line["Réponse"]]
        for title, members in groups.items():
            asked = [p for p in members if not option.profiles or p in option.profiles]
            count, n = number(line[title]), number(line[f"{title} (n)"])
            if count is not None and asked:
                sums.tell([("said", role, option.code, p) for p in asked], count)
            if n is not None and asked:
                sums.tell([("base", role, p) for p in asked], n)
        for p in set(every) - set(option.profiles if option.profiles else every):
            sums.tell([("said", role, option.code, p)], 0)
    by_title = {"+".join(m): m for m in groups.values()}
    for code, members in by_title.items():
        group = "*" if members == every else code
        blank = told.left_blank(role, group)
        if blank is not None:
            sums.tell([("blank", role, p) for p in members], blank)
