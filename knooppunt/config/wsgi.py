"""The door through which the web server reaches the site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knooppunt.config.settings")
application = get_wsgi_application()
