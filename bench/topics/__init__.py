"""Who finds what customers talk about: the words that an organisation wrote down, or a packaged model.

`python -m bench.topics` on 200 comments a set, labelled by hand from their first 290 characters; only row numbers and
labels are kept here. The model (bench/topics/requirements.txt) is tried twice: by the themes' names alone, and taught on four
fifths of the labels to say the last fifth. Nothing that it is asked about is ever in what it was taught.
"""
