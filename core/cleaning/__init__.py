"""Make copies of files that carry nothing but what is seen or heard; each is made in a process of its own.

`kinds` says from its content what a file is, `cells` asks for a copy, `cell` is the process that makes it behind
`walls`. Nothing here imports Django: the process that opens what strangers sent knows no key and no table.
"""
