"""The forms in which an overview leaves by the JSON door: JSON, a report, a list, a spreadsheet."""
