"""What ``run.py``, ``check.py`` and ``soak.py`` are made of."""
