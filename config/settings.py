"""All settings. Values come from the environment, each documented in docs/deploying.md; with none set Waymark runs for
evaluation: on 127.0.0.1, SQLite under var/, mail to files."""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from config import environment as env

VERSION = "0.1.0"
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("WAYMARK_DATA_DIR", BASE_DIR / "var")

PRODUCTION = env.choice("WAYMARK_ENV", "evaluation", "production") == "production"
DEBUG = env.flag("WAYMARK_DEBUG")
BASE_URL = env.site("WAYMARK_BASE_URL", "http://127.0.0.1:8000")
SECRET_KEY = env.text("WAYMARK_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("WAYMARK_OLD_SECRET_KEYS")
ALLOWED_HOSTS = env.words("WAYMARK_ALLOWED_HOSTS")

if PRODUCTION:
    if len(SECRET_KEY) < 40:
        env.refuse("WAYMARK_SECRET_KEY", "must be set to at least 40 random characters in production")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        env.refuse("WAYMARK_ALLOWED_HOSTS", "must name the hosts Waymark answers for in production, without *")
    if urlsplit(BASE_URL).scheme != "https":
        env.refuse("WAYMARK_BASE_URL", "must be the https:// address of this site in production")
    if DEBUG:
        env.refuse("WAYMARK_DEBUG", "must not be set in production")
else:
    SECRET_KEY = SECRET_KEY or env.kept_key(DATA_DIR / "secret-key")
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "reports",
    "assessment",
    "frameworks",
    "people",
    "config.apps.OperatorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "simple_history",
]

MIDDLEWARE = [
    "config.health.health",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.keep_to_itself",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.refusing.SignInRequired",
    "config.middleware.never_store",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": env.database("WAYMARK_DATABASE_URL", DATA_DIR / "waymark.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One cache for all workers: a session ended in one must be gone in the others too, and attempts are counted together.
CACHES = {
    "default": {
        "BACKEND": "config.cache.SharedFileCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # What was written of reports, under the numbers they have in one process: never to be shared between processes.
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

MAILERS = {"default": env.mailer("WAYMARK_EMAIL_URL", DATA_DIR / "mail")}
DEFAULT_FROM_EMAIL = env.text("WAYMARK_FROM_EMAIL", "Waymark <waymark@localhost>")

# Who signs in, and how

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "start"
PASSWORD_HASHERS = [
    "people.hashers.TunedArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIGN_UP = env.flag("WAYMARK_SIGN_UP", True)
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "people.sign_up.SignUpForm"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"invitation": "20/5m/ip", "new_organization": "5/h/user"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("WAYMARK_TRUSTED_PROXIES", 0)

MFA_ADAPTER = "people.second_step.SecondStepAdapter"
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ

# Signing in by a service of the organization's own: there are no addresses for it unless one is named.
OPENID = env.openid(
    "WAYMARK_OPENID_URL", "WAYMARK_OPENID_CLIENT_ID", "WAYMARK_OPENID_CLIENT_SECRET", "WAYMARK_OPENID_NAME"
)
SOCIALACCOUNT_ADAPTER = "people.openid.OpenIDAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [OPENID] if OPENID else []}}

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 43_200
SESSION_COOKIE_NAME = "__Host-sessionid" if PRODUCTION else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if PRODUCTION else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # Strict would sign people out who come by a link in a mail
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.refusing.csrf_failure"

# What a browser may do with our pages

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    # Browsers ask this also where a form leads on to another site, as the one to the service for signing in does.
    "form-action": [CSP.SELF, *env.origins(OPENID)],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("WAYMARK_HSTS_SUBDOMAINS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# Static files, languages, time

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("samples", BASE_DIR / "docs" / "samples")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
LANGUAGE_CODE = "en"
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = env.time_zone("WAYMARK_TIME_ZONE", "UTC")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("WAYMARK_LOG_LEVEL", "WARNING", "DEBUG", "INFO", "ERROR", "CRITICAL"),
    },
}
