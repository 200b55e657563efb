"""dsadapter inside other frameworks; each needs an extra: ``pip install "dsadapter[gateway]"``.

They stand on the public names of dsadapter; nothing in the core knows them.
"""
