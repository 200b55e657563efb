"""What a caller of today's face holds: clients, their resources, the module as a client."""
