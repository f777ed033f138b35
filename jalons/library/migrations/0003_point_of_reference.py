from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0002_stems'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sheet',
            name='kind',
            field=models.CharField(choices=[('initiative', 'initiative'), ('story', 'story of a territory'), ('scheme', 'scheme'), ('figure', 'key figure'), ('lesson', 'lesson of a witness'), ('ecosystem', 'body to turn to'), ('landmark', 'point of reference'), ('tool', 'tool sheet')], max_length=10, verbose_name='kind of sheet'),
        ),
    ]
