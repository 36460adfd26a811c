"""The page on which people ask: the conversation, its sources, filters, and answers as files."""
