from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "waymark_version": settings.VERSION,
        "sign_up": settings.SIGN_UP,
        "openid_name": settings.OPENID.get("name"),
    }
