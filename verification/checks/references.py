"""Names of the acts that the rules cite."""

BASE = "Regulation (EU) 2023/956"
METHODS = "Implementing Regulation (EU) 2025/2547"
PRINCIPLES = "Implementing Regulation (EU) 2025/2546"
ACCREDITATION = "Delegated Regulation (EU) 2025/2551"
REASONABLE = f"{BASE}, Annex VI; {PRINCIPLES}"
PRODUCT = "Product rule"
