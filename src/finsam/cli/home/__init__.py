"""What makes, opens, copies and upgrades a home."""
