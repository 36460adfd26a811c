"""The reports of evals as a page of the product, added to it by an entry point."""
