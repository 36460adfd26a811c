"""Which sentences of the passages answer a question, as measured features and fitted weights."""
