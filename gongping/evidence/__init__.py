"""What was seen, kept so that it can be filed: annotated pictures, redaction, hashes."""
