"""The Django project, and the app for what complaints and hearings share."""
