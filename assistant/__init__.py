"""A question in, a checked answer out, and the ways people reach it: commands, page, LangChain."""
