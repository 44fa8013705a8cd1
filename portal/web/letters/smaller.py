"""Pages of letters over the wire: a drafting page carries its words in three languages, and shrinks to a tenth.

They are kept nowhere, so each is compressed as it is asked for.
"""

from flask import Response, request

from portal.web.compression import compressed, is_worth_it, negotiated, unindented


def shrink(response: Response) -> Response:
    """Compress an answer as the reader's browser takes it best."""
    if response.status_code != 200 or response.direct_passthrough:
        return response
    body = response.get_data()
    if not is_worth_it(response.mimetype, len(body)) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    encoding = negotiated(request.accept_encodings)
    if encoding is None:
        return response
    page = unindented(body) if response.mimetype == "text/html" else body
    response.set_data(compressed(page, encoding))
    response.headers["Content-Encoding"] = encoding
    return response
