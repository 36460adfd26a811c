"""Side by side with the peers: other open programs on the same documents, questions and machine, offline."""
