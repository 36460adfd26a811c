"""Documents as pages: their text with the quote marked, links between them, pages of an original."""
