"""Keep a proof with its case: sealed in the case's strongbox, its clean copy beside it."""

from core import evidence
from core.actors import Actor
from core.models import EvidenceFile
from grievances.models import RemediationCase
from grievances.services import locks
from grievances.services.papers import Paper, prepared

# Bytes as they came, or a paper that was opened and cleaned already: that takes time and belongs before a transaction.
Proof = bytes | Paper


def keep_proof(case: RemediationCase, proof: Proof | None, *, actor: Actor) -> EvidenceFile | None:
    """Keep a proof, or nothing where there is none; raises EvidenceRefused."""
    if proof is None:
        return None
    data, seen = (proof if isinstance(proof, Paper) else prepared(proof)).load()
    holder = locks.holder_of(case.grievance)
    return evidence.keep_prepared(data, seen, actor=actor, subject=case.ref, holder=holder)
