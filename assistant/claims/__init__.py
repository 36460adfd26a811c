"""Whether passages support a sentence: numbers, names, force, and a calibrated score."""
