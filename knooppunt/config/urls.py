"""All addresses: those of every module, in Dutch without a prefix and in other languages behind
one.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from knooppunt.core.registry import modules

plain = [path("account/", include("knooppunt.people.account_urls"))]
# Higher storeys first: they may stand between the addresses of a lower one, as /cijfers/aandeel/
# does.
paths = [
    path(module.path, include(module.urlconf))
    for module in reversed(modules.every())
    if module.urlconf
]
urlpatterns = i18n_patterns(*plain, *paths, prefix_default_language=False)
handler404 = "knooppunt.core.views.not_found"
handler500 = "knooppunt.core.views.server_error"
