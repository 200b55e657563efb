"""What the doctor knows, as tables: names, and versions that do not go together. No logic."""
