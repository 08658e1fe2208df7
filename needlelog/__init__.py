"""NeedleLog's core: what the program knows and can do, without any window.

Imports only go down (names on one line may not see each other)::

    cli | verbs | bootstrap | demo   ways in: the command line, the wiring, the made-up clinic
    services                    what the program can do, as verbs
    workflow | storage | documents | photos | vault
    rules                       pure functions over the values below
    knowledge                   typed, sourced reference data from resources/knowledge
    domain                      the trade's words: frozen values
    files | paths | i18n | clock
    fault_sentences             what is said of each fault, and its way out
    errors                      the world's faults as codes with values

``ui`` stands on top of this package; nothing here imports Qt.
"""

__version__ = "0.1.0"
