"""Runs as a person reads them: text, Markdown, HTML, plots, a trend, and two runs compared."""
