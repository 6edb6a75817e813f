"""Which words of the other language say the same: a file of entries a topic, written from knowledge, no dictionary's.

A line of a file is an entry, in columns that tabs part: an English word or phrase as a dictionary has it, and then a column for
each of its senses, the likeliest first. In a column commas part the Arabic renderings, the likeliest first; slashes part
the forms of a rendering that no rule of the analysis joins: a singular and its broken plurals, a verb in the past, in the
present and as a noun.
"""
