"""Sound to words with times."""

import os

# WORKAROUND https://github.com/microsoft/onnxruntime/issues/27379: from 1.29 on, onnxruntime, which faster-whisper
# brings, reports its use to its makers unless it is told not to before it is imported. Child processes inherit this.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
# Models are loaded by path, always; the hub's own client must not think of asking.
os.environ["HF_HUB_OFFLINE"] = "1"
