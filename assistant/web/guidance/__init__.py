"""The page on which a business is described and its provisions are read as a table."""
