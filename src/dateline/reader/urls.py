"""The reader's addresses. What they mean depends on the editions and sections there are."""

from django.urls import path, re_path

from dateline.reader import views

urlpatterns = [
    path("", views.page, name="home"),
    re_path(r"^(?P<path>.+)$", views.page, name="page"),
]
