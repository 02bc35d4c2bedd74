"""The addresses of the pages that every site has."""

from django.urls import path

from knooppunt.core import views, web_app
from knooppunt.core.background import health

app_name = "core"
urlpatterns = [
    path("kleuren.css", views.colours, name="colours"),
    path("robots.txt", views.robots, name="robots"),
    path("app.webmanifest", web_app.manifest, name="manifest"),
    path("sw.js", web_app.service_worker, name="service_worker"),
    path("geen-verbinding/", web_app.offline, name="offline"),
    path("gezond/", health.answer, name="health"),
    path("meer/", views.more, name="more"),
    path("stijl/", views.style, name="style"),
    path("nood/", views.emergency, name="emergency"),
    path("privacy/", views.privacy, name="privacy"),
]
