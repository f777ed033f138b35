import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('invitations', '0002_letter_language'),
        ('surveys', '0009_deleted'),
    ]

    operations = [
        migrations.AlterField(
            model_name='shortaddress',
            name='campaign',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='short_address', to='surveys.campaign'),
        ),
    ]
