"""Safeconduct's settings: one typed file; what an operator may change comes from config/environment.py."""

from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from config.environment import ROOT, read_environment
from config.languages import PUBLIC, WORKERS, WORKSPACE, register_languages

ENV = read_environment()
DEMO, TESTING = ENV.demo, ENV.testing
DEBUG = False
SECRET_KEY = ENV.secret_key
VAULT_KEY = ENV.vault_key
ALLOWED_HOSTS = [*ENV.allowed_hosts, "testserver"] if TESTING else ENV.allowed_hosts
BASE_URL = WAGTAILADMIN_BASE_URL = ENV.base_url
SECURE_ORIGIN = BASE_URL.startswith("https://")
DATA_DIR = ENV.data_dir
SMS_URL, SMS_SECRET, SMS_TOKEN = ENV.sms_url, ENV.sms_secret, ENV.sms_token
OFFICE_ADDRESS, OFFICE_PHONE = ENV.office_address, ENV.office_phone
OFFICE_COUNTRY, OFFICE_TIME_ZONE, OFFICE_HOLIDAYS, OFFICE_WEEKEND = ENV.office_calendar
CLAMD_URL, EXTRA_FONTS = ENV.clamd_url, ENV.safeconduct_fonts
CERTIFICATE_KEY, CERTIFICATE_CHAIN = ENV.certificate_key, ENV.certificate_chain
CERTIFICATE_PASSPHRASE, CERTIFICATE_LANGUAGE = ENV.certificate_passphrase, ENV.certificate_language

FLOORS = ["cms", "duediligence", "inspections", "grievances", "recruiters", "checklists", "parties", "core"]
# fmt: off
WAGTAIL_APPS = [
    "wagtail.contrib.simple_translation", "wagtail.contrib.redirects", "wagtail.contrib.settings", "wagtail.embeds",
    "wagtail.sites", "wagtail.users", "wagtail.snippets", "wagtail.documents", "wagtail.images", "wagtail.search",
    "wagtail.admin", "wagtail.locales", "wagtail", "modelcluster", "taggit",
]
INSTALLED_APPS = [
    "config", *FLOORS, *WAGTAIL_APPS,
    "django_filters", "django_tasks", "django_tasks_db", "allauth", "allauth.account", "allauth.mfa", "csp",
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.humanize", "django.contrib.sitemaps", "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles", "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware", "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.SafeHeadersMiddleware", "core.formaddresses.FormAddressMiddleware",
    "django.middleware.gzip.GZipMiddleware", "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware", "core.middleware.PublicLocaleMiddleware",
    "core.readers.EnglishForNowMiddleware", "django.middleware.common.CommonMiddleware", "core.unasked.WatchFields",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.unlocking.KeyRingMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware", "core.middleware.EditorPolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware", "core.middleware.BusyDatabaseMiddleware",
    "core.withheld.WithheldFileMiddleware", "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
# fmt: on

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                *(f"django.template.context_processors.{name}" for name in ("request", "i18n")),
                *(f"django.contrib.{name}.context_processors.{name}" for name in ("auth", "messages")),
                "core.context.product",
            ],
        },
    }
]
FORM_RENDERER = "core.rendering.FormRenderer"

# Durable before fast: WAL with synchronous=FULL never takes back a commit that was acknowledged.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=%s; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=27103364; "
    "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
) % ("OFF" if TESTING else "FULL")
DATABASES = {"default": dj_database_url.parse(ENV.database_url, conn_max_age=600, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:  # for core.numberlists: a statement that PostgreSQL met twice is not planned again
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 2)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["core.signing_in.PasswordBackend"]
ACCOUNT_FORMS = {f"{do.lower()}_password": f"core.signing_in.{do}PasswordForm" for do in ("Change", "Set", "Reset")}
ACCOUNT_FORMS |= {"reset_password_from_key": "core.signing_in.ResetPasswordKeyForm"}
# Argon2id: passes and bytes of memory. A handler's key is made once per sign-in, a receipt's once per visit.
KEY_COST = (1, 8192) if TESTING else (4, 128 * 1024 * 1024)
RECEIPT_COST = (1, 8192) if TESTING else (3, 32 * 1024 * 1024)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if TESTING else "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "core:workspace"
ACCOUNT_ADAPTER = "core.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False  # phones and desks are shared here: closing the browser ends the session
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key", "login": "60/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Safeconduct"
REQUIRE_SECOND_FACTOR = not DEMO

SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_ORIGIN
SESSION_COOKIE_NAME = "__Host-session" if SECURE_ORIGIN else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_ORIGIN else "csrf"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = SECURE_ORIGIN
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_ORIGIN else None
SECURE_HSTS_SECONDS = 63072000 if SECURE_ORIGIN else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_ORIGIN
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer, browsers send forms with a null origin
# Pages take nothing from elsewhere and run nothing inline; the site editor has a policy of its own in core.middleware.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        **{part: [NONE] for part in ("default-src", "frame-ancestors", "base-uri")},
        **{f"{part}-src": [SELF] for part in ("script", "style", "connect", "manifest", "worker")},
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = WORKERS  # all that we speak is listed in core/languages.yaml; these three say who finds what in them
PUBLIC_LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = PUBLIC
WORKSPACE_LANGUAGES = WORKSPACE
register_languages()
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "config.formats"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "sealed": {"BACKEND": "core.storage.SealedFileStorage", "OPTIONS": {"url": ENV.storage_url}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if TESTING else "core.storage.StaticStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING
EVIDENCE_MAX_BYTES = 25 * 1024 * 1024
UPLOAD_TABLE_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["core.uploads.CappedMemoryUploadHandler"]  # nothing a worker sends spills unsealed to a disk

TASK_BACKENDS = {"database": "django_tasks_db.DatabaseBackend"}
TASKS = {"default": {"BACKEND": TASK_BACKENDS.get(ENV.tasks, "django_tasks.backends.immediate.ImmediateBackend")}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "core.mail.UrlEmailBackend"
EMAIL_URL = ENV.email_url
DEFAULT_FROM_EMAIL = "Safeconduct <no-reply@safeconduct.example>"

WAGTAIL_SITE_NAME = "Safeconduct"
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "docx", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"quiet": {"()": "core.logs.WithoutPersonalData"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]}},
    "root": {"handlers": ["console"], "level": "CRITICAL" if TESTING else ENV.log_level},
    "loggers": {
        **{name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
        **{name: {"level": "WARNING"} for name in ("wagtail", "django_tasks")},
    },
}
SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]
LOCALE_PATHS = [ROOT / floor / "locale" for floor in FLOORS]
