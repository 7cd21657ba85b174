"""The only code of due diligence that writes."""

from duediligence.services.cases import CaseFacts, receive_case, respond_to_case
from duediligence.services.companies import change_company, choose_laws, set_up_company
from duediligence.services.imports import (
    ImportProgress,
    begin_import,
    finish_import,
    import_rows,
    import_suppliers,
    name_broken_rows,
)
from duediligence.services.publishing import approve, prepare, publish, withdraw
from duediligence.services.records import add_evidence, answer_action, change_record, open_record, remove_evidence
from duediligence.services.risks import add_risk, assess_risk, change_action, move_action, plan_action
from duediligence.services.suppliers import (
    add_supplier,
    change_supplier,
    end_engagement,
    end_supplier,
    engage_recruiter,
)

__all__ = [
    "CaseFacts",
    "ImportProgress",
    "add_evidence",
    "add_risk",
    "add_supplier",
    "answer_action",
    "approve",
    "assess_risk",
    "begin_import",
    "change_action",
    "change_company",
    "change_record",
    "change_supplier",
    "choose_laws",
    "end_engagement",
    "end_supplier",
    "engage_recruiter",
    "finish_import",
    "import_rows",
    "import_suppliers",
    "move_action",
    "name_broken_rows",
    "open_record",
    "plan_action",
    "prepare",
    "publish",
    "receive_case",
    "remove_evidence",
    "respond_to_case",
    "set_up_company",
    "withdraw",
]
