"""Those who asked for a mail of one team ask for the one mail; nothing is told again."""

from __future__ import annotations

from django.db import migrations

ORDER = ("day", "week", "month")
SECTIONS = ("actions", "measures", "posts", "centre", "network", "library")


def gather(apps, schema_editor):
    """The most frequent of the rhythms chosen; what nobody asked is left out."""
    Subscription = apps.get_model("digests", "Subscription")
    Membership = apps.get_model("spaces", "Membership")
    for user, rows in _asked(apps).items():
        kept = {code for row in rows for code in row["codes"]}
        told = [row["told_until"] for row in rows if row["told_until"]]
        sent = [row["sent_on"] for row in rows if row["sent_on"]]
        mails = Subscription.objects.create(
            user_id=user,
            rhythm=min((row["rhythm"] for row in rows), key=ORDER.index),
            left_out=[code for code in SECTIONS if code not in kept],
            sent_on=max(sent, default=None),
            **({"told_until": max(told)} if told else {}),
        )
        others = Membership.objects.filter(user=user).exclude(
            space__in=[row["space"] for row in rows]
        )
        mails.spaces_left_out.set(others.values_list("space", flat=True))
    _keep_posts(apps)


def _asked(apps):
    """What was asked of each team, by person."""
    Digest = apps.get_model("community", "Digest")
    Reminder = apps.get_model("steering", "Reminder")
    asked = {}
    for one in Digest.objects.exclude(rhythm="never").select_related("membership"):
        asked.setdefault(one.membership.user_id, []).append(
            {
                "rhythm": one.rhythm,
                "space": one.membership.space_id,
                "codes": ("network", "library"),
                "told_until": one.told_until,
                "sent_on": one.told_until.date(),
            }
        )
    for one in Reminder.objects.exclude(rhythm="never").select_related("membership"):
        asked.setdefault(one.membership.user_id, []).append(
            {
                "rhythm": one.rhythm,
                "space": one.membership.space_id,
                "codes": ("actions", "measures", "posts", "centre"),
                "told_until": None,
                "sent_on": one.sent_on,
            }
        )
    return asked


def _keep_posts(apps):
    """Posts told already to those who manage them."""
    Post = apps.get_model("actors", "Post")
    Membership = apps.get_model("spaces", "Membership")
    Subscription = apps.get_model("digests", "Subscription")
    Told = apps.get_model("digests", "Told")
    others = [code for code in SECTIONS if code != "posts"]
    posts = Post.objects.exclude(warned_months=None).exclude(funding_ends_on=None)
    for post in posts:
        managing = Membership.objects.filter(
            space=post.space_id, role__in=("editor", "owner"), user__is_active=True
        )
        for user in managing.values_list("user_id", flat=True):
            mails, _is_new = Subscription.objects.get_or_create(
                user_id=user, defaults={"rhythm": "week", "left_out": others}
            )
            Told.objects.get_or_create(
                subscription=mails,
                key=f"post-{post.pk}-{post.funding_ends_on}-{post.warned_months}",
                defaults={"told_on": mails.told_until.date()},
            )


class Migration(migrations.Migration):
    dependencies = [
        ("digests", "0001_initial"),
        ("actors", "0004_told_apart"),
        ("community", "0004_library_sheets"),
        ("steering", "0002_placing"),
        ("spaces", "0001_initial"),
    ]
    operations = [migrations.RunPython(gather, migrations.RunPython.noop)]
