"""The page in the browser: chat, sources beside it, documents opened at the quote."""
