"""Every door in, no logic."""
