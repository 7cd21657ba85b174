"""The ground of the programs' interface: typed errors, keys, throttles, and a description that pages read as well.

An upper floor writes plain views and wraps them:

    @endpoint("GET", scope="match:register")
    def algorithms(call: Call) -> dict[str, Any]: ...

``endpoint`` recognises the key, counts the call, answers CORS, and turns every refusal and every fault into
``{"detail", "errors": [{"field", "detail", "type"}]}`` with the right status. Nothing below /api/ ever answers HTML,
but for the pages that are meant for people.
"""

from core.api.calls import Call
from core.api.endpoint import endpoint
from core.api.errors import Fault, Refusal

__all__ = ["Call", "Fault", "Refusal", "endpoint"]
