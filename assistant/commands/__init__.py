"""What each command does: settings in, printed text out, an exit code back."""
