"""Documents in, passages out: reading, cutting, storing and searching policy documents.

This package knows nothing of chat, language models or users, and imports neither of the other rooms.
"""
