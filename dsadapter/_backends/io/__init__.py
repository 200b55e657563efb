"""One transport class for each HTTP library, and one table of its exceptions."""
