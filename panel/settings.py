"""Settings, all from the environment; docs/operating.md lists them.

Three ways of running: in production (neither DEMO nor DEBUG: nothing is guessed, https only), as a demonstration
(DEMO=1, what `make run` does: plain http on this machine, made-up secret, demo accounts), and under pytest (TESTING).
Use django.conf.settings; nothing imports this module.
"""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

TESTING = env.bool("PANEL_TESTING", "pytest" in sys.modules)
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
PRODUCTION = not (DEBUG or DEMO or TESTING)

# Where everything that is not code lies: the SQLite database, documents, a made-up key.
DATA_DIR = Path(env.str("DATA_DIR", "") or BASE_DIR / "var").resolve()


def made_up_key() -> str:
    """The key kept in DATA_DIR/secret_key (mode 600), made on first use.

    It begins with "django-insecure-", by which `check --deploy` knows a key that nobody chose.
    """
    path = DATA_DIR / "secret_key"
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("django-insecure-" + secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY and TESTING:
    SECRET_KEY = "django-insecure-for-tests-only"  # noqa: S105 - no secret: nothing but tests ever runs with it
elif not SECRET_KEY and not PRODUCTION:
    SECRET_KEY = made_up_key()
elif not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Make one with\n"
        "    python3 -c 'import secrets; print(secrets.token_urlsafe(50))'\n"
        "and put it in the environment (see docs/operating.md). To try the product out, use `make run`, or set DEMO=1."
    )

SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])  # keys before this one: what they signed still holds

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

# ── Applications ────────────────────────────────────────────────────────────────────────────────────────────────────

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "simple_history",
    "crispy_forms",
    "django_filters",
    "panel.apps.PanelConfig",  # ours before allauth, or allauth's plain templates win
    "complaints.apps.ComplaintsConfig",
    "hearings.apps.HearingsConfig",
    "meetings.apps.MeetingsConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "panel.middleware.EveryAnswer",  # before all others, so that no answer goes out past it
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "panel.middleware.TextIsUtf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # unless a view is marked @login_not_required
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "panel.middleware.ShortAddresses",
    "panel.accounts.sign_in.EndIdleSessions",
    "panel.pages.pressed.PressedOnce",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "panel.urls"
WSGI_APPLICATION = "panel.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [  # texts of templates are said in the panel's own words
                (
                    "panel.said_templates.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["panel.templatetags.panel_once"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "panel.context_processors.shell",
            ],
        },
    }
]
FORM_RENDERER = "panel.forms.renderer.Renderer"  # finds our widget templates, and draws the commonest itself

CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"

# ── Database and cache ──────────────────────────────────────────────────────────────────────────────────────────────

if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "db.sqlite3"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # With Django's defaults most of a crowd of writers find the database locked. Immediate transactions queue; FULL,
    # because NORMAL may lose the last commits when power fails; secure_delete, so that what is erased is gone.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
        "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;",
    }
elif not TESTING:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# The limit on wrong passwords is counted in the cache. A cache of each process would be no limit behind two workers, so
# it is a table (made by `manage.py createcachetable`), in the demonstration as in production.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# ── Sign-in ─────────────────────────────────────────────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "panel.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

PROXIES = env.int("PROXIES", 0)  # how many proxies of our own stand in front; their headers are believed, no others

ACCOUNT_ADAPTER = "panel.accounts.adapters.NoSignupAdapter"  # people are invited
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes us write to strangers
ACCOUNT_PREVENT_ENUMERATION = True  # asking for a reset tells nobody whether an address is known
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "panel.accounts.forms.LoginForm",
    "reset_password": "panel.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "panel.accounts.forms.ResetPasswordKeyForm",
    "change_password": "panel.accounts.forms.ChangePasswordForm",
    "reauthenticate": "panel.accounts.forms.ReauthenticateForm",
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True  # elsewhere too
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}  # key: the account; an office shares one address
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

# A second factor: an authenticator app or a passkey, with recovery codes. Whether one must be had, each panel says
# (PanelSettings.second_factor).
MFA_ADAPTER = "panel.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Panel casework"
MFA_TOTP_TOLERANCE = 1  # without it a code typed near the half-minute fails
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # 127.0.0.1 has no certificate
MFA_FORMS = {
    "authenticate": "panel.accounts.forms.AuthenticateForm",
    "reauthenticate": "panel.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "panel.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "panel.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "panel.accounts.forms.RenamePasskeyForm",
}

# Single sign-on with the council's identity provider, where its address is given. Only who was invited comes in.
OIDC_ISSUER = env.str("OIDC_ISSUER", "")
OIDC_NAME = env.str("OIDC_NAME", "your council account")
SOCIALACCOUNT_ADAPTER = "panel.accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "EMAIL_AUTHENTICATION": True,  # its word for who somebody is: it is the council's own
        "VERIFIED_EMAIL": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

INVITATION_AGE_SECONDS = 7 * 24 * 60 * 60  # in which an invitation's link works
DEMO_PASSWORD = "demo-exshire"  # noqa: S105 - of the demo's made-up people, shown on its sign-in page

SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day, counted from sign-in
SESSION_IDLE = env.int("SESSION_IDLE", 30 * 60)  # seconds without a page, after which one signs in again

# ── Language and time ───────────────────────────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"  # times are stored in UTC and shown in this; legal dates are plain dates
USE_TZ = True

# ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles" / "served"
MEDIA_ROOT = DATA_DIR / "documents"  # no MEDIA_URL: documents leave only through a checked view
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Written by root, read by the web process; documents below are for the web process alone. The list of all static
        # files lies beside what is served, and is not served.
        "OPTIONS": {
            "manifest_storage": FileSystemStorage(
                location=STATIC_ROOT.parent, file_permissions_mode=0o644, directory_permissions_mode=0o755
            ),
            "file_permissions_mode": 0o644,
            "directory_permissions_mode": 0o755,
        },
    },
}
if S3_BUCKET := env.str("S3_BUCKET", ""):  # documents in an S3-compatible store, which wants django-storages[s3]
    STORAGES["default"] = {
        "BACKEND": "panel.documents.object_store.ObjectStore",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT", "") or None,
            "region_name": env.str("S3_REGION", "") or None,
            "access_key": env.str("S3_ACCESS_KEY", "") or None,  # empty: as the machine's own role says
            "secret_key": env.str("S3_SECRET_KEY", "") or None,
            "default_acl": None,
            "file_overwrite": False,
            "signature_version": "s3v4",
            "addressing_style": "path",
        },
    }
DOCUMENT_MAX_SIZE = env.int("DOCUMENT_MAX_SIZE", 20 * 1024 * 1024)  # bytes
FILM_MAX_SIZE = env.int("FILM_MAX_SIZE", 500 * 1024 * 1024)  # bytes; a film is never held in memory
CLAMD_URL = env.str("CLAMD_URL", "")  # unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310; empty: nothing is scanned
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# ── E-mail ──────────────────────────────────────────────────────────────────────────────────────────────────────────

# Mail waits in a queue, and `manage.py send_mail` hands it over; no request does. Any of Django's backends will do.
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "panel.post.smtp.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)  # STARTTLS, usually port 587
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", False)  # TLS from the start, usually port 465
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)  # seconds without a word from the server
NOTIFY_KEY = env.str(
    "NOTIFY_KEY", ""
)  # GOV.UK Notify instead of a mail server, with EMAIL_BACKEND=panel.post.notify.EmailBackend
NOTIFY_TEMPLATE, NOTIFY_TEMPLATE_FILE = env.str("NOTIFY_TEMPLATE", ""), env.str("NOTIFY_TEMPLATE_FILE", "")
NOTIFY_URL = env.str("NOTIFY_URL", "https://api.notifications.service.gov.uk")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "panel-casework@localhost")
if not PRODUCTION:
    EMAIL_BACKEND = "panel.post.folder.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

HEADS_TO = env.list("HEADS_TO", [])  # where `chain_head --as-set` writes them: mail, file:/path, syslog

# ── Security ────────────────────────────────────────────────────────────────────────────────────────────────────────

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from beside the server, over http
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:  # a browser then takes them from this very host alone, over https
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what a message says is in no cookie
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # browsers' preload lists take whole domains: the council's to decide

# No inline script or style anywhere, hence no nonce. Signing in with the council's account leaves by a form.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([urlsplit(OIDC_ISSUER)._replace(path="").geturl()] if OIDC_ISSUER else [])],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# ── Logs: to stderr, and nothing that was typed into a form ─────────────────────────────────────────────────────────

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "panel.logs.WithoutPeople",
            "format": "{asctime} {levelname} {name}{reference}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    # Django would e-mail whole requests to ADMINS, forms included: its loggers keep no handler of their own.
    "loggers": {
        "django": {"handlers": [], "level": env.str("LOG_LEVEL", "WARNING"), "propagate": True},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}

# ── Tests ───────────────────────────────────────────────────────────────────────────────────────────────────────────

if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
