"""What looks at programs and at running machines; nothing here is compiled."""
from __future__ import annotations
