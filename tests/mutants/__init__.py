"""`make mutants`: the core is changed by one token at a time, and the tests are asked whether they notice.

`operators` says what a change may be, `sampling` draws them by a seed, `covering` and `contexts` know which tests execute
a line, `workshop` runs those tests on a changed copy, `equivalents` leaves out what nobody can notice, `report` prints.
"""
