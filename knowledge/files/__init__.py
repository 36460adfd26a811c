"""Which files hold documents: found, told from those read before, described by catalogues, read."""
