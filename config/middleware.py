from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

DENIED = ("camera", "microphone", "geolocation", "usb", "payment", "display-capture", "accelerometer", "gyroscope")
SECRET_ADDRESSES = ("/invitation/", "/accounts/confirm-email/", "/accounts/password/reset/key/")
GetResponse = Callable[[HttpRequest], HttpResponse]


def never_store(get_response: GetResponse) -> GetResponse:
    """Pages of a signed-in person stay out of every cache, so that the next person at the machine cannot go back to
    them. A view that sets Cache-Control itself is left alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware


def keep_to_itself(get_response: GetResponse) -> GetResponse:
    """No other site may use our pages, and no page may use the camera and the like. An address that is a secret is told
    to nobody, not even to ourselves; whence a form comes is told, or browsers would say "null", and it be refused."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", ", ".join(f"{feature}=()" for feature in DENIED))
        if request.path.startswith(SECRET_ADDRESSES):
            response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return middleware
