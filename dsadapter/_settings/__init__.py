"""Settings: their names, where each may be written, what a call ends up with."""
