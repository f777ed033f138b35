"""The formats of the producers, one small module each: columns, and what they give.

A module says how a file of its producer is recognised by its columns and what each of
them gives; reading, passing the codes and writing are the same for all.
"""
