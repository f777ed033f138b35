import unicodedata

from django.db import migrations, models

SHORT = {"st": "saint", "ste": "sainte"}


def words_in(text):
    """The words as searches compared them on the day of this migration."""
    whole = text.casefold().replace("œ", "oe").replace("æ", "ae")
    letters = unicodedata.normalize("NFKD", whole)
    kept = (one for one in letters if not unicodedata.combining(one))
    spaced = "".join(one if one.isalnum() else " " for one in kept)
    return [SHORT.get(word, word) for word in spaced.split()]


def fill_keys(apps, schema_editor):
    """Messages told before are found by their words as the others."""
    News = apps.get_model("community", "News")
    told = list(News.objects.filter(withdrawn_at=None).only("title", "text"))
    for one in told:
        one.key = f" {' '.join(words_in(f'{one.title} {one.text}'))} "
    News.objects.bulk_update(told, ["key"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("community", "0002_relayed_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="news",
            name="key",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
