"""Other people's tasks given to the product: passages to search and to read, claims to check."""
