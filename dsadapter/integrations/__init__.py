"""dsadapter inside other frameworks; each needs the extra of its name.

They stand on the public names of dsadapter; nothing in the core knows them.
"""
