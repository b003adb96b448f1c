import subprocess
import sys

import pytest


@pytest.mark.unit
@pytest.mark.parametrize("module", ["engine", "tables", "obligation", "records"])
def test_calculation_imports_no_django(module):
    program = f"import sys, verification.determination.{module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
