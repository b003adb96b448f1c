"""Pages that need no account."""

urlpatterns: list = []
