"""An article: a draft, read over, published, changed, withdrawn; nothing obeyed."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from jalons.gazette import operations
from jalons.gazette.markdown import to_html
from jalons.gazette.models import Article
from jalons.spaces.models import Space
from tests.gazette.press import make_article

pytestmark = pytest.mark.django_db
LIST = reverse("gazette:list")
TOLD = {
    "title": "Un bus pour le numérique",
    "summary": "Il passe dans douze communes.",
    "text": "# Pourquoi ?\n\n* près des gens\n* **gratuit**",
}


def read(client, name: str, *args) -> str:
    return client.get(reverse(f"gazette:{name}", args=args)).content.decode()


def send(client, name: str, *args, **fields):
    return client.post(reverse(f"gazette:{name}", args=args), fields)


def test_nobody_reads_a_draft_until_it_is_published(client, desk):
    client.force_login(desk.officer)
    send(client, "add", desk.space.pk, **TOLD)
    (article,) = Article.objects.all()
    here = (desk.space.pk, article.pk)

    assert "<h2>Pourquoi" in read(client, "preview", *here)
    client.logout()
    assert TOLD["title"] not in read(client, "list")
    assert 404 == client.get(reverse("gazette:show", args=[article.pk])).status_code
    client.force_login(desk.officer)
    send(client, "publish", *here)
    client.logout()

    assert TOLD["title"] in read(client, "list")
    said = read(client, "show", article.pk)
    assert "<strong>gratuit</strong>" in said
    assert desk.space.name in said


def test_a_change_is_read_once_published_again_and_versions_stay(client, desk):
    article = make_article(desk.space, "Un bus", by=desk.officer)
    here = (desk.space.pk, article.pk)
    client.force_login(desk.officer)

    send(client, "edit", *here, **TOLD)
    assert "Un bus pour" not in read(client, "show", article.pk)
    send(client, "publish", *here)
    send(client, "publish", *here)

    assert "Un bus pour" in read(client, "show", article.pk)
    assert 2 == article.editions.count()
    assert "Bonjour" in read(client, "edition", *here, 1)
    send(client, "withdraw", *here)
    assert 404 == client.get(reverse("gazette:show", args=[article.pk])).status_code
    assert "Un bus pour" in read(client, "preview", *here)


def test_publishing_the_same_words_twice_is_refused(desk):
    article = make_article(desk.space, "Un bus", by=desk.officer)

    with pytest.raises(operations.NothingNew):
        operations.publish_article(article, by=desk.officer)


def test_only_editors_of_a_recognised_centre_write(client, desk):
    article = make_article(desk.space, "Un bus", by=desk.officer)
    client.force_login(desk.reader)
    page = reverse("gazette:add", args=[desk.space.pk])

    assert 403 == client.post(page, TOLD).status_code
    client.force_login(desk.officer)
    Space.objects.filter(pk=desk.space.pk).update(recognised_at=None)

    assert 404 == client.post(page, TOLD).status_code
    assert 404 == client.get(reverse("gazette:show", args=[article.pk])).status_code


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[ici](javascript:alert(1))",
        "[ici](data:text/html;base64,PHNjcmlwdD4=)",
        "![suivi](https://a.exemple/pixel.png)",
        "<img src=x onerror=alert(1)>",
        '[ici](https://a.exemple "onclick=alert(1)")',
        "```\n</code><script>alert(1)</script>\n```",
    ],
)
def test_a_text_is_never_obeyed(text):
    html = to_html(text)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert "onerror=alert(1)>" not in html or "&lt;img" in html


def test_titles_of_a_text_stand_below_that_of_the_page():
    html = to_html("# Un\n\n#### Quatre")

    assert "<h2>Un</h2>\n<h4>Quatre</h4>\n" == html


def picture(name: str = "bus.png") -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(kept, "PNG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/png")


def test_a_picture_is_drawn_again_with_its_words(client, desk):
    client.force_login(desk.officer)
    page = reverse("gazette:add", args=[desk.space.pk])

    without = client.post(page, TOLD | {"picture_file": picture()}).content.decode()
    assert "Dites ce que montre l’image." in without
    assert "without_picture" not in client.get(page).content.decode()
    given = {"picture_file": picture(), "picture_alt": "Un bus devant une mairie"}
    client.post(page, TOLD | given)
    (article,) = Article.objects.all()
    edit = reverse("gazette:edit", args=[desk.space.pk, article.pk])
    assert "without_picture" in client.get(edit).content.decode()
    operations.publish_article(article, by=desk.officer)

    client.logout()
    drawn = client.get(reverse("gazette:picture", args=[article.pk]))
    assert ("image/jpeg", b"\xff\xd8") == (drawn["Content-Type"], drawn.content[:2])
    assert 'alt="Un bus devant une mairie"' in read(client, "show", article.pk)


def test_what_is_no_picture_is_refused(client, desk):
    client.force_login(desk.officer)
    wrong = SimpleUploadedFile("bus.png", b"<html>", "image/png")
    given = TOLD | {"picture_file": wrong, "picture_alt": "Un bus"}

    said = client.post(reverse("gazette:add", args=[desk.space.pk]), given)

    assert "n’est pas l’image" in said.content.decode()
    assert not Article.objects.exists()


def test_words_and_topics_find_an_article(client, desk):
    make_article(
        desk.space, "Un bus itinérant", by=desk.officer, topics=["theme:health"]
    )
    make_article(desk.space, "Des ateliers", by=desk.officer, topics=[])

    by_word = client.get(LIST, {"mots": "ITINERANT"}).content.decode()
    by_topic = client.get(LIST, {"theme": "theme:health"}).content.decode()
    nothing = client.get(LIST, {"theme": "inconnu"}).content.decode()

    assert "Un bus itinérant" in by_word
    assert "Des ateliers" not in by_word
    assert "Un bus itinérant" in by_topic
    assert "Des ateliers" not in by_topic
    assert "Des ateliers" in nothing, "what is not understood filters nothing"


def test_the_feed_tells_articles_and_says_what_is_invented(client, desk):
    make_article(desk.space, "Un bus", by=desk.officer, is_simulated=True)

    feed = client.get(reverse("gazette:feed"))

    assert "application/atom+xml" in feed["Content-Type"]
    assert "SIMULÉ · Un bus" in feed.content.decode()


def test_a_list_of_articles_is_read_in_few_queries(client, desk):
    for n in range(15):
        make_article(desk.space, f"Article {n}", by=desk.officer)
    client.get(LIST)

    with CaptureQueriesContext(connection) as found:
        client.get(LIST)

    assert len(found) <= 4
