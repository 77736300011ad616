"""Bundles: the papers of a case in one PDF and one ZIP file, for somebody who reads paper or has no account."""
