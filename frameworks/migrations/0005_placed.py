from django.db import migrations

from frameworks import triggers


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0004_changed_here")]

    operations = [migrations.RunPython(triggers.install, migrations.RunPython.noop)]
