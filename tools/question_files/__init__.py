"""The review questions in the formats of the tools that teachers have; `tools/questions.py`."""
