"""How the house writes its own facts down: plain JSON, exact in both directions.

Amounts as `"1234.56"`, dates and moments in ISO 8601, kinds by their word. What is written
here is sealed and kept for years, so a field that is new must have a default.
"""

from uuid import UUID

from cattrs.preconf.json import JsonConverter, make_converter

from letterbox.shared.money import Euro


def _converter() -> JsonConverter:
    converter = make_converter(forbid_extra_keys=False)
    converter.register_unstructure_hook(Euro, str)
    converter.register_structure_hook(Euro, lambda text, _: Euro.parse(text))
    converter.register_unstructure_hook(UUID, str)
    converter.register_structure_hook(UUID, lambda text, _: UUID(text))
    return converter


AS_JSON = _converter()
"""The one converter; a room adds nothing to it."""
