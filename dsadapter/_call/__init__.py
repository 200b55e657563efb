"""One call, from its keyword arguments to its reply."""
