"""`python -m tests`: what `make test` and CI run, the same everywhere.

Sets what the test servers need and starts pytest; `--proof` runs the long proofs instead.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
COVERAGE = ["--cov", "--cov-config=pyproject.toml", "--cov-report=term"]


# Twice the cores that are promised: stories and crashes mostly wait for other processes.
WORKERS = "4"


def main() -> int:
    """Run the suite on all cores, in random order, with coverage of market and services."""
    env = os.environ | {"PTB_TIMEDELTA": "1"}
    if os.environ.get("CI") == "true" and shutil.which("chromium") is None:
        print("Chromium is missing: the page tests need it under CI.", file=sys.stderr)  # noqa: T201
        return 1
    with tempfile.TemporaryDirectory(prefix="gighaat-run-") as runtime:
        Path(runtime).chmod(0o700)
        env["XDG_RUNTIME_DIR"] = os.environ.get("XDG_RUNTIME_DIR") or runtime
        # compiled once for all the processes of a run, and gone with it
        env["PYTHONPYCACHEPREFIX"] = str(Path(runtime) / "compiled")
        proof = "--proof" in sys.argv
        which = ["-m", "proof"] if proof else ["-m", "not proof", "-n", WORKERS, *COVERAGE]
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *which], cwd=ROOT, env=env, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
