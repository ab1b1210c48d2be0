"""One small reader for each format: bytes become lines."""
