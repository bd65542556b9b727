"""The addresses as they are with a service for signing in set."""

from django.urls import include, path

from config.urls import urlpatterns as usual

urlpatterns = [*usual, path("accounts/", include("people.openid_urls"))]
