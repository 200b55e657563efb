"""From the bytes of a reply to what a caller reads."""
