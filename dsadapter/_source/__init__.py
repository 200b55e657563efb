"""Reading of Python, requirement and .env files: what stands in them, without findings."""
