"""Every address."""

urlpatterns: list = []
