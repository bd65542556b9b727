from django.urls import path

from frameworks import views

app_name = "frameworks"
urlpatterns = [
    path("frameworks/", views.frameworks, name="frameworks"),
    path("compare-frameworks/", views.compare, name="compare"),
    path("frameworks/<slug:slug>/", views.framework, name="framework"),
    path("frameworks/<slug:slug>/<str:number>/", views.framework, name="framework"),
]
