"""The gateways of identity that one may sign in through (SPID, CIE, eIDAS, ...), read from the environment."""

from typing import Any

import environ


def configured(env: environ.Env) -> list[dict[str, Any]]:
    """One entry for each name in `VIVAIO_OIDC`; a name without its issuer, client or secret stops the start."""
    return [
        gateway(env, name.strip().lower()) for name in env.list("VIVAIO_OIDC", default=[]) if name.strip()
    ]


def gateway(env: environ.Env, name: str) -> dict[str, Any]:
    """What django-allauth wants to know of one gateway, and which claims tell what."""

    def of(key: str, **more: Any) -> str:
        return env(f"VIVAIO_OIDC_{name.upper().replace('-', '_')}_{key}", **more)

    return {
        "provider_id": name,
        "name": of("LABEL", default=name.upper()),
        "client_id": of("CLIENT_ID"),
        "secret": of("CLIENT_SECRET"),
        "settings": {
            "server_url": of("ISSUER").rstrip("/"),
            "scope": of("SCOPE", default="openid profile email").split(),
            "oauth_pkce_enabled": True,
            "verified_email": of("EMAIL_IS_VERIFIED", default="no").lower() in ("yes", "true", "1"),
            "claims": {
                "given_name": of("GIVEN_NAME_CLAIM", default="given_name"),
                "family_name": of("FAMILY_NAME_CLAIM", default="family_name"),
                "email": of("EMAIL_CLAIM", default="email"),
            },
        },
    }
