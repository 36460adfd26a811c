"""Which version of which document is in force when, and what changed between two."""
