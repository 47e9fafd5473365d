"""The addresses of the product: all of them are pages of the web door."""

from django.urls import include, path

urlpatterns = [path("", include("finsam.web.urls"))]
handler500 = "finsam.web.faults.server_error"
