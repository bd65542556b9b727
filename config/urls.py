from allauth.socialaccount.models import SocialApp, SocialToken
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

# Which service signs people in is a matter of settings alone.
admin.site.unregister([SocialApp, SocialToken])

urlpatterns = [
    path("", include("assessment.urls")),
    path("", include("reports.urls")),
    path("", include("frameworks.urls")),
    path("", include("people.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-step/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]
if settings.OPENID:
    urlpatterns.append(path("accounts/", include("people.openid_urls")))

handler400 = "config.refusing.bad_request"
handler403 = "config.refusing.permission_denied"
