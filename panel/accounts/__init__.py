"""Signing in, invitations, accounts and roles."""
