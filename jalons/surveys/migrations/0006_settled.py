
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_return_purpose'),
        ('surveys', '0005_given_weight'),
        ('territories', '0003_editions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='key',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='campaign',
            name='settled_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(condition=models.Q(('submitted_at__isnull', False)), fields=['campaign', 'profile', 'channel', 'submitted_at'], name='response_from'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(condition=models.Q(('submitted_at', None)), fields=['campaign'], name='response_begun'),
        ),
    ]
