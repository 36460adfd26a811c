"""Starting, stopping and the log of requests."""
