"""The door through which the web server reaches the site."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knooppunt.config.settings")
application = get_wsgi_application()

from knooppunt.core.background.warm_up import warm_up  # noqa: E402 - Django must be set up first

Thread(target=warm_up, name="warming", daemon=True).start()
