"""Transports: one file per backend; nothing SDK-specific stands anywhere else."""
