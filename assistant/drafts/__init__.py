"""The parts of drafting: what a model is shown, and what is made of what it writes."""
