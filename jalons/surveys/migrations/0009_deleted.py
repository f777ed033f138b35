from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0008_weight_file'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerSurvey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('sponsor', models.CharField(max_length=200, verbose_name='sponsor')),
                ('deleted_on', models.DateField()),
            ],
            options={
                'verbose_name': 'deleted survey',
                'verbose_name_plural': 'deleted surveys',
            },
        ),
    ]
