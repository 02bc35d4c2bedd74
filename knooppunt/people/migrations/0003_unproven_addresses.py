"""Gives an account its proven address back when it had claimed another one, and forgets every claim."""

from django.db import migrations


def forget_claims(apps, schema_editor):
    EmailAddress = apps.get_model("account", "EmailAddress")
    User = apps.get_model("people", "User")
    claims = EmailAddress.objects.filter(verified=False).select_related("user")
    for claim in claims:
        if claim.user.email.lower() != claim.email.lower():
            continue
        # The claimed address was made the one to log in with: back to the one she had before.
        before = EmailAddress.objects.filter(user=claim.user, pk__lt=claim.pk)
        earlier = before.order_by("-verified", "pk").first()
        if earlier and not User.objects.filter(email__iexact=earlier.email).exists():
            User.objects.filter(pk=claim.user_id).update(email=earlier.email.lower())
    EmailAddress.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0002_one_time_code"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(forget_claims, migrations.RunPython.noop)]
