"""The compatibility matrix: what was measured, beside which SDK, and the page made of it."""
