"""Addresses that are there only while a service for signing in is set: config/urls.py."""

from allauth.socialaccount import views
from allauth.socialaccount.providers.openid_connect import urls
from django.urls import include, path

urlpatterns = [
    path("connections/", views.connections, name="socialaccount_connections"),
    path("service/cancelled/", views.login_cancelled, name="socialaccount_login_cancelled"),
    path("service/error/", views.login_error, name="socialaccount_login_error"),
    path("service/signup/", views.signup, name="socialaccount_signup"),
    path("", include(urls)),
]
