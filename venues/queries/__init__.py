"""Named questions about places."""
