"""Claims that people judged, claims with planted errors, and how well the claim checker agrees with them."""
