"""What keeps the library and its indexes sound: the database file, seals, probes, backups."""
