"""What browsers are told of the pages of letters: nothing is kept, nothing is sent."""

OURS = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'none'"
)
CLOSED = "base-uri 'none'; frame-ancestors 'none'"

DRAFT = f"{OURS}; form-action 'none'; {CLOSED}"
"""A page on which somebody types a name: whatever a script or a form tries, nothing leaves it."""

POLICIES = {
    "draft": DRAFT,
    "compose": f"{OURS}; form-action 'self'; {CLOSED}",  # Its form holds codes only.
}

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=(), clipboard-read=()",
    "X-Robots-Tag": "noindex",
}
