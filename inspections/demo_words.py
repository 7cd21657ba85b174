"""What the demo's inspectors write: fictional, without names, in the languages that inspectors write in."""

COMMENTS = (
    "Seen in the office during the walk-through.",
    "Payroll of the last three months and the time cards do not agree.",
    "Several workers said the same, each alone, away from the supervisors.",
    "The manager could not show the document; a copy was asked for.",
    "شوهد ذلك في مكان السكن أثناء الجولة.",
    "قال المشرف إن الأوراق محفوظة في المكتب الرئيسي.",
    "कामदारको कोठामा जाँच गर्दा देखियो।",
    "Photo taken. The lock is on the outside of the door.",
    "Two of the registers are kept in different handwriting for the same week.",
)
NOTES = (
    "The mood changed when the supervisor left the room.",
    "Good signage in four languages at the entrance.",
    "تم تسليم نسخة من أرقام المساعدة للعمال.",
    "Workers asked for a printed copy of their hours.",
    "",
    "",
)
# What a finding says to the employer, and what must be done, by checklist item.
FINDINGS: dict[str, tuple[str, str, int]] = {
    "REC-02": (
        "Recruiters without a licence in force were used.",
        "Use licensed recruiters only; show the contracts.",
        60,
    ),
    "REC-04": ("Recruitment costs were borne by workers.", "Repay recruitment costs in full; show the receipts.", 30),
    "REC-07": ("Recruitment costs are deducted from pay.", "Stop the deductions and repay what was deducted.", 30),
    "REC-08": ("Deposits were taken at recruitment.", "Return all deposits and show the receipts.", 14),
    "CON-02": ("Contracts are not in a language that workers understand.", "Give each worker a translated copy.", 45),
    "CON-04": (
        "A second contract with worse terms was signed on arrival.",
        "Restore the terms of the first contract.",
        30,
    ),
    "DOC-01": ("Identity documents are kept by the employer.", "Return all identity documents at once.", 2),
    "DOC-03": ("There is no lockable place for personal papers.", "Provide lockers with keys.", 45),
    "WAG-02": ("Wages are paid late.", "Pay outstanding wages and keep to the pay day.", 14),
    "WAG-03": ("Several months of pay are outstanding.", "Pay all outstanding wages.", 14),
    "WAG-06": ("Deductions are made that the law does not allow.", "Repay unlawful deductions.", 30),
    "WAG-07": ("Payslips are not given.", "Give each worker a payslip for each pay period.", 30),
    "HRS-01": ("Working hours are above the legal limit.", "Bring hours within the limit and keep time records.", 60),
    "HRS-03": ("No weekly rest day is given.", "Give a rest day in each week.", 14),
    "MOV-01": ("Leaving the site when off duty is restricted.", "Lift the restriction and tell all workers.", 2),
    "MOV-02": ("Doors are locked from the outside.", "Remove the locks at once.", 1),
    "OSH-03": ("Protective equipment is not supplied free of charge.", "Supply it free of charge to all.", 21),
    "OSH-05": ("Emergency exits are blocked or locked.", "Clear and unlock all exits at once.", 1),
    "OSH-07": ("Safety signs are not in the workers' languages.", "Put up signs and train in these languages.", 45),
    "ACC-01": ("Beds are shared or stacked three high.", "Provide a bed for each worker, two tiers at most.", 60),
    "ACC-04": (
        "Water, toilets and ventilation in the lodging are not adequate.",
        "Repair and enlarge the facilities.",
        60,
    ),
    "EQU-04": ("No grievance channel is known to the workers.", "Set up a channel in the workers' languages.", 60),
    "RTN-01": ("Final pay is not settled before departure.", "Settle final pay before workers leave.", 30),
}
TRIGGER_DETAILS = {
    "complaint": "Wages late for three months, said a worker by telephone.",
    "risk": "High share of late wages in this sector and town.",
    "programme": "Summer programme: heat and water.",
    "accident": "Fall from a scaffold last week.",
    "follow_up": "Check what the last visit asked for.",
    "random": "",
}
PERSONS = (
    ("Calls herself Maya", "Message in the evening; never call at the workplace.", "ne, interpreter needed"),
    ("يريد أن يُسمّى أبو علي", "بعد الثامنة مساءً عبر صديق موثوق.", "ar"),
    ("Wants to be called Jo", "E-mail only, checked on Fridays.", "en"),
    ("নাম: শিউলি", "Through the women's group, Sunday morning.", "bn, interpreter needed"),
)
SUMMARIES = (
    "Recruitment debt; identity document kept until last week; wants advice on the pay that is owed.",
    "Left the lodging after threats; needs a safe place for some nights.",
    "Injured hand, not treated; afraid to ask at work.",
    "Wants to go home; final pay and ticket are refused.",
)
REMARKS = (
    "Repaid; receipts of all workers seen.",
    "Documents returned in our presence.",
    "Photos before and after, checked on site.",
)
REJECTIONS = ("The receipts do not bear the workers' signatures.", "The photo shows another building.")
EXTENSIONS = (
    "Spare parts arrive late; a temporary measure is in place.",
    "The bank needs two more weeks for the transfers.",
)
