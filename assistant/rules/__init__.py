"""The hard rules for written sentences: each refuses what no score may let through, and says why."""
