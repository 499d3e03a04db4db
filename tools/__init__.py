"""What the Makefile calls. Everything but `translations` runs on Python alone."""
