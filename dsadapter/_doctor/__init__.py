"""``doctor`` and ``explain``: what is wrong with an environment, proved, and how to mend it.

Standard library and the folders below only, so that both run where every dependency is broken
(version arithmetic is ``packaging``'s, by way of ``_source.versions``, else skipped and said).

Which file holds what::

    findings        Finding, Fix, Command, Location, Consequence: plain data, made by everybody
    check           Check (a row of the registry), Result (a check and what it found)
    snapshot        the facts; ``collect`` fills them in, tests write them by hand
    checks/         Snapshot -> findings; nothing found is health. No text stands there
    causes          folds what follows from a fault into that fault: one fault, one finding
    needs           unmet needs of what matters, and the smallest change that meets them all
    fix_commands    texts such as ``pip install x`` -> Command, as this machine wants it
    fix_runner      ``--fix``: shows, asks, runs, looks again, says how to undo it
    verify          ``--verify``: proves a Command before anything is touched
    render, report, markdown    the screen, JSON, Markdown: the only files that print
    scan/           code -> Hit(rule, Finding with a Location); what reads files is in ``_source``
    data/           names, and versions that do not go together: tables, no logic
    explain/        text -> Match (row, certainty, cause, Fix); a Match that a check proves takes
                    that check's Finding.fix
    ../_texts/      every sentence, in both languages: ``doctor_*`` of checks, ``rules_*`` of the
                    scan, ``explain_*`` of error texts; ``topic.Topic`` is what ``explain ID`` says

Who makes what:

- A check yields findings by ``fail``, ``warn``, ``info``. ``about`` names the things at fault
  (:func:`~.findings.package`, :func:`~.findings.variable`, :func:`~.findings.path`);
  ``Check.follows`` names the checks whose faults can bring this one about. A finding whose check
  follows one that failed, with a thing in common (or without any), is told inside that one.
- The scan makes findings with a ``location``; they have no causes but one another's lines.
- ``explain`` makes no findings. It asks checks (``BY_ID[id].run(snapshot)``) and uses Fix and
  Command as they are.
- Fixes are data: ``Command.argv`` is what is run, () for what only a person can do.
"""
