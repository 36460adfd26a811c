"""Logging in and out, and who is known to have sent a request."""
