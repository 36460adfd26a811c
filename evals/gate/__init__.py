"""The gate: figures on the seed cases may not drop below the committed baseline."""
