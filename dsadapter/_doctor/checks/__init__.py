"""The checks: functions from a Snapshot to findings. No I/O; nothing found is health."""
