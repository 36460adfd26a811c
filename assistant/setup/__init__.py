"""What an installation must have to work: versions, weights, a folder, a port; each checked by itself."""
