from django.urls import path

from frameworks import views

app_name = "frameworks"
urlpatterns = [
    path("", views.frameworks, name="frameworks"),
    path("<slug:slug>/", views.framework, name="framework"),
]
