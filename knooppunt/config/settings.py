"""How this site is set up.

It starts with no environment at all; docs/settings.md lists what can be given.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from knooppunt.config import env
from knooppunt.core.coalition import configuration as coalition_file

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.folder(
    "KNOOPPUNT_DATA",
    PACKAGE.parent / "data",
    "data/ beside the project",
    "Folder for the database, photos, the secret key and mail that is shown instead of sent.",
)
EXAMPLE_COALITION = PACKAGE / "example" / "delfshaven" / "coalition.toml"
OWN_COALITION = DATA / "coalition.toml"
COALITION_FILE = env.folder(
    "KNOOPPUNT_COALITION",
    OWN_COALITION if OWN_COALITION.exists() else EXAMPLE_COALITION,
    "coalition.toml in the data folder, else the example",
    "The coalition's own file: name, areas, kinds, themes, colours.",
)
try:
    COALITION = coalition_file.load(COALITION_FILE)
except coalition_file.BadCoalition as problem:
    raise env.BadSetting(str(problem)) from None

PUBLIC_URL = env.address(
    "KNOOPPUNT_URL",
    "The site's public address. Given: a real site (secure cookies, real mail). "
    "Not given: a try-out on this machine (mail is shown, not sent).",
)
IS_TRYOUT = not PUBLIC_URL
_extra_hosts = env.text(
    "KNOOPPUNT_HOSTS", "", "More host names this site answers to, with commas between."
)
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [host.strip() for host in _extra_hosts.split(",") if host.strip()]
ALLOWED_HOSTS += LOOPBACK if IS_TRYOUT else [urlsplit(PUBLIC_URL).hostname or ""]
DEBUG = False


def _secret() -> str:
    """The key that signs links and sessions: made once, readable by the owner alone."""
    given = env.text(
        "KNOOPPUNT_SECRET_KEY",
        "",
        "Key that signs links and sessions; made in the data folder when not given.",
    )
    kept = DATA / "secret.key"
    if given:
        return given
    try:
        return kept.read_text()
    except FileNotFoundError:
        pass
    try:
        DATA.mkdir(parents=True, exist_ok=True)
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text()
    except OSError as problem:
        raise env.BadSetting(
            f"KNOOPPUNT_DATA={DATA}: cannot be written ({problem.strerror}); choose another "
            f"folder with --data."
        ) from None
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(60))
    return kept.read_text()


SECRET_KEY = _secret()

MODULES = [
    "core",
    "people",
    "directory",
    "agenda",
    "decisions",
    "voice",
    "help",
    "find",
    "atlas",
    "opendata",
    "report",
    "dreams",
]
INSTALLED_APPS = [
    *[f"knooppunt.{module}" for module in MODULES],
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "knooppunt.core.web.middleware.behind_proxy",
    "knooppunt.core.web.tryout.take_secret",
    "knooppunt.core.web.middleware.headers",
    "knooppunt.core.background.health.middleware",
    "knooppunt.core.web.middleware.without_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "knooppunt.core.web.middleware.first_language",
    "knooppunt.core.web.query_params.canonical_query",
    "knooppunt.core.web.middleware.not_modified",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "knooppunt.people.middleware.second_key",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "knooppunt.core.web.middleware.switched_off",
]
ROOT_URLCONF = "knooppunt.config.urls"
WSGI_APPLICATION = "knooppunt.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "knooppunt.core.web.context_processors.site",
                "knooppunt.people.context.account",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "knooppunt.core.templatetags.house",
            ],
        },
    }
]
FORM_RENDERER = "knooppunt.core.web.forms.Renderer"

DATABASES = {
    "default": env.database(
        "DATABASE_URL",
        "Address of a PostgreSQL database; SQLite in the data folder when not given.",
        DATA / "knooppunt.sqlite3",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "knooppunt.people.backends.SessionBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "directory:desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "directory:home"
ACCOUNT_ADAPTER = "knooppunt.people.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "20/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "knooppunt.people.forms.SecondKeyForm",
    "reauthenticate": "knooppunt.people.forms.SecondKeyAgainForm",
}
MFA_TOTP_ISSUER = COALITION.name
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_TRYOUT

LANGUAGE_CODE = "nl"
LANGUAGES = [(code, coalition_file.LANGUAGES[code]) for code in COALITION.languages]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("KNOOPPUNT_TIME_ZONE", "Europe/Amsterdam", "Time zone of the neighbourhood.")
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

_mail = urlsplit(
    env.text(
        "KNOOPPUNT_MAIL",
        "",
        "Outgoing mail server, such as smtp://user:password@mail.example.nl:587; needed on a real "
        "site.",
    )
)
EMAIL_BACKEND = (
    "knooppunt.core.mail.smtp.Backend" if _mail.hostname else "knooppunt.core.mail.outbox.ShownMail"
)
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
EMAIL_USE_TLS = bool(_mail.hostname) and _mail.scheme != "smtp+plain"
EMAIL_TIMEOUT = 20
MAIL_AT_ONCE = False  # the tests deliver what is queued at once
DEFAULT_FROM_EMAIL = env.text(
    "KNOOPPUNT_MAIL_FROM", "knooppunt@localhost", "Sender of the site's mail."
)

_secure = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SECURE_SSL_REDIRECT = _secure
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _secure
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "knooppunt.core.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

MEANING = (
    env.number(
        "KNOOPPUNT_MEANING",
        1,
        0,
        1,
        "1 finds by meaning as well as by words (some 100 MB of memory per process), 0 by words "
        "alone.",
    )
    == 1
)
MEANING_URL = env.link(
    "KNOOPPUNT_MEANING_URL",
    "Address of an embeddings service (OpenAI's protocol) instead of the model on board; what "
    "people look for is then sent there.",
)
MEANING_MODEL = env.text(
    "KNOOPPUNT_MEANING_MODEL", "multilingual-e5-small", "Name of the model at that address."
)
MEANING_KEY = env.text("KNOOPPUNT_MEANING_KEY", "", "Key for that address.")
MAP_TILES = env.link(
    "KNOOPPUNT_MAP_TILES",
    "Address of map squares with {z}/{x}/{y}, for a ground under the outlines of the wijken; "
    "visitors' browsers then ask that service. Not given: our own outlines alone.",
)
MAP_CREDIT = env.text(
    "KNOOPPUNT_MAP_CREDIT", "", "Whose map squares these are, as the service asks to be named."
)
GEOCODER = env.link(
    "KNOOPPUNT_GEOCODER",
    "Address service that finds the point of an address, such as the operation free of the PDOK "
    "Locatieserver; addresses of places are then sent there. Not given: nobody is asked.",
)
FRESH_DAYS = env.number(
    "KNOOPPUNT_FRESH_DAYS", 180, 7, 3650, "After how many days a record counts as not confirmed."
)
SIGNAL_DAYS = env.number(
    "KNOOPPUNT_SIGNAL_DAYS",
    730,
    30,
    3650,
    "After how many days the mail address of a signal is erased, whatever became of it.",
)
WORKERS = env.number(
    "KNOOPPUNT_WORKERS", 2, 1, 64, "Server processes; one per processor core is a good number."
)
HAS_WORKER = (
    env.number(
        "KNOOPPUNT_WORKER",
        1,
        0,
        1,
        "1 when a worker runs, beside `knooppunt serve` or by `knooppunt worker`; 0 when there is "
        "none: then lists are not read in, search does not follow, and mail goes out with "
        "`knooppunt daily` only.",
    )
    == 1
)

PROXIES = env.number(
    "KNOOPPUNT_PROXIES",
    0,
    0,
    5,
    "How many proxies of your own stand before the site, so that limits count visitors and not "
    "the proxy.",
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

# Every setting above that can be given from outside; the checks of core look whether each has help.
SETTINGS_HELP = env.HELP
