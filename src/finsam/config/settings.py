"""Every setting of the product, in one file, from the environment only."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.conf import settings
from django.utils.functional import lazy

from finsam.config import environment, keys

PACKAGE = Path(__file__).resolve().parents[1]
ASSETS = PACKAGE.parents[1] / "node_modules"

FINSAM_HOME = environment.home()
FINSAM_KEYS = environment.key_file(FINSAM_HOME)
FINSAM_WITHOUT = environment.left_out()
FINSAM_ADDRESS = environment.public_address()
FINSAM_PROXY = environment.proxy()
FINSAM_THREADS = environment.threads()
DISCLOSURE_RULE = environment.rule()
KEYRING: Any = keys.KeyFile(lambda: settings.FINSAM_KEYS)  # while a home is made they lie elsewhere
SECRET_KEY: Any = lazy(lambda: KEYRING.secret_key, str)()

ROOMS = (
    "access",
    "codes",
    "associations",
    "interventions",
    "participants",
    "snapshots",
    "editions",
    "late",
    "table_builder",
    "background",
)
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    *(f"finsam.{room}" for room in ROOMS if room not in FINSAM_WITHOUT),
    "finsam.publications",
    "finsam.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "finsam.web.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "finsam.web.middleware.HomeMiddleware",
    "finsam.web.middleware.LanguageMiddleware",
    "finsam.web.idle.IdleMiddleware",
    "finsam.web.middleware.ActorMiddleware",
]
ROOT_URLCONF = "finsam.config.urls"
WSGI_APPLICATION = "finsam.config.wsgi.application"
DATABASES = {"default": environment.database(FINSAM_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "access.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"finsam.access.passwords.{name}", "OPTIONS": options}
    for name, options in (
        ("NotOneself", {"user_attributes": ("email", "name")}),
        ("LongEnough", {"min_length": 12}),
        ("OfSeveralSigns", {}),
        ("OfLetters", {}),
        ("OfOnesOwn", {}),
    )
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "start"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "finsam.web.context.page",
            ],
        },
    }
]

STATIC_URL = "static/"
STATICFILES_DIRS = [
    (name, ASSETS / folder)
    for name, folder in (
        ("fkui", "@fkui/design/lib"),
        ("fkui-theme", "@fkui/theme-default/dist"),
        ("source-sans-3", "@fontsource/source-sans-3"),
    )
    if (ASSETS / folder).is_dir()
]
WHITENOISE_USE_FINDERS = True  # served straight from where they are installed: nothing to collect before a start
WHITENOISE_AUTOREFRESH = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "finsam.web.idle"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
MESSAGE_STORAGE = "finsam.web.cookies.Messages"
MESSAGE_COOKIE_NAME = "messages"
USED_COOKIE_NAME = "used"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_HANDLERS: list[str] = []  # no form takes a file, and none is ever put in /tmp
globals().update(environment.address())

# A log line says where it went wrong, never about whom.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "finsam.config.logs.Impersonal"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.db.backends": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
