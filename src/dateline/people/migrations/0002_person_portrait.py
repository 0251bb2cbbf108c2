import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    # Apart from the first one: pictures stand on Wagtail's tables, and those on accounts.

    dependencies = [
        ('media', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='portrait',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='media.picture', verbose_name='portrait'),
        ),
    ]
