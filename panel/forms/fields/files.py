"""Any number of files in one question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from panel.forms.fields.base import Asked


class ManyFilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list:
        """The files sent, in their order; accepts a single file, or a list in a plain dict, as well."""
        if hasattr(files, "getlist"):
            return files.getlist(name)
        found = (files or {}).get(name) or []
        return list(found) if isinstance(found, (list, tuple)) else [found]


class ManyFilesField(Asked, forms.FileField):
    """Any number of files in one input: a list, empty for none. Sizes are in bytes."""

    default_error_messages = {"required": "Select a file"}
    widget = ManyFilesInput

    def __init__(self, *args: Any, max_size: int = 20 * 1024 * 1024, max_files: int = 20, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_size, self.max_files = max_size, max_files

    def to_python(self, data: Any) -> list:
        """The files as a list."""
        return [] if data in self.empty_values else list(data) if isinstance(data, (list, tuple)) else [data]

    def clean(self, data: Any, initial: Any = None) -> list:
        """The files. Raises ValidationError that names each file which is empty or too large, or says that there are
        too many."""
        files = self.to_python(data)
        if self.required and not files and not initial:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.max_files:
            raise ValidationError(f"You can only select up to {self.max_files} files at the same time", code="too_many")
        problems = [f"{file.name} is empty" for file in files if not file.size]
        problems += [
            f"{file.name} must be smaller than {self.max_size // 1024 // 1024}MB"
            for file in files
            if file.size > self.max_size
        ]
        if problems:
            raise ValidationError([ValidationError(words, code="invalid") for words in problems])
        return files

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a file was sent."""
        return not self.disabled and bool(data)
