"""What a document is: title, issuer, number, dates and relations, from a catalogue or its own text."""
