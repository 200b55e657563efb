"""``doctor`` and ``explain``: what is wrong with an environment, proved, and how to mend it.

Standard library and the leaves of dsadapter only, so that both run where every dependency is
broken. ``collect`` looks at the machine and makes a :class:`~.snapshot.Snapshot`; ``checks`` are
functions of it; ``render`` prints. Nothing here imports a package that it examines.
"""
