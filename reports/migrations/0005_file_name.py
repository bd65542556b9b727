from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_snapshot_name")]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="file_name",
            field=models.CharField(default="", editable=False, max_length=120),
        ),
    ]
