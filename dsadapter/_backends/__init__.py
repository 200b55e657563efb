"""Transports: one file per backend; nothing SDK-specific stands anywhere else."""

POOL_SIZE = 1000  # connections of one client
