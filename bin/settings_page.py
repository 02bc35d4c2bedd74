"""Writes docs/settings.md from the settings themselves."""

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knooppunt.config.settings")

from django.conf import settings

from knooppunt.config import env

if __name__ == "__main__":
    assert settings.SECRET_KEY
    (Path(__file__).resolve().parent.parent / "docs" / "settings.md").write_text(env.as_markdown())
