"""Any OpenAI-compatible endpoint as a `Backend`: the only importer of the `openai` SDK.

The SDK carries the bytes. What counts as an answer, what is tried again and what an error
means is decided here and in the modules beside it; the SDK's retries, redirects and
models are not used, since it re-sends what was billed, follows an endpoint to a stranger,
and takes an error page for a reply. It is imported with the first backend, not with this
module: that costs half a second.
"""

from __future__ import annotations

import asyncio
import random as random_module
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from summ.errors import AuthError, ConfigError, EndpointError
from summ.llm.connections import BROKE, never_connected, reason_of
from summ.llm.dialect import Dialect
from summ.llm.exchange import Answer, Exchange
from summ.llm.failures import Context, timed_out, unreachable
from summ.llm.known_models import OPENAI_HOST
from summ.llm.limits import Limiter
from summ.llm.model_list import context_in
from summ.llm.port import Endpoint
from summ.llm.profiles import profile_of
from summ.llm.retry import Failure, Policy, asked_wait
from summ.llm.traffic import Traffic
from summ.llm.urls import check_base_url, check_key, check_local, host_of, is_loopback
from summ.model import Profile, Reply, Request, Usage

CONNECT_TIMEOUT = 10.0
"""Seconds for name, connection and TLS; a dead host should not cost a whole deadline."""

LIST_TIMEOUT = 5.0
"""Seconds for the server's list of models, which is nice to have and no more."""

# Fields of a body that `Endpoint.extra_body` never sets: the reply would not be what
# summ counts on, or the limit would be gone.
_OWN_FIELDS = frozenset(
    {"model", "messages", "max_tokens", "max_completion_tokens", "response_format", "n", "stream"}
)


class OpenAIBackend:
    """Chat completions, not streamed; see `summ.llm.port.Backend`."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        traffic: Traffic | None = None,
        policy: Policy | None = None,
        random: Callable[[], float] = random_module.random,  # noqa: S311  no secret hangs on it
    ) -> None:
        """Make a client; no socket opens yet.

        Args:
            endpoint: where, and how.
            traffic: what the requests go through; by default without caps and store.
            policy: how failures are tried again; by default `endpoint.retries` times.
            random: draws from [0, 1), for the back-off.

        Raises:
            ConfigError: the base URL or key can't be used, or is not local as demanded.
            AuthError: OpenAI itself, and no key.
        """
        base_url = check_base_url(endpoint.base_url)
        if endpoint.local_only:
            check_local(base_url)
        check_key(endpoint.api_key)
        host = urlsplit(base_url).hostname or ""
        self._context = Context(
            endpoint.label or host_of(base_url), endpoint.model, endpoint.api_key
        )
        if host == OPENAI_HOST and not endpoint.api_key:
            raise AuthError(f"{host} wants an API key, and none is set.", "Set OPENAI_API_KEY.")
        self._endpoint = endpoint
        self._profile = profile_of(endpoint)
        extra = endpoint.extra_body.items()
        self._extra = {name: value for name, value in extra if name not in _OWN_FIELDS}
        self._exchange = Exchange(
            endpoint,
            self._context,
            Dialect.of(host, endpoint.model),
            traffic or Traffic(Limiter(endpoint.jobs, random=random)),
            policy or Policy(endpoint.retries),
            self._send,
            random,
            room=self._profile.context,
        )
        # OpenAI's own list says nothing of this.
        self._unasked = endpoint.context is None and host != OPENAI_HOST
        self._asking = asyncio.Lock()
        self._client, self._response_type = _open_client(endpoint, base_url)
        # Without a key no header: some local servers refuse a made-up one.
        self._options = {} if endpoint.api_key else {"headers": {"Authorization": _sdk().Omit()}}

    @property
    def profile(self) -> Profile:
        """What it can do, as far as is known beforehand; opens no socket, and never changes."""
        return self._profile

    async def context(self) -> int:
        """Tokens of prompt and reply together; see `Backend`. Never raises."""
        async with self._asking:
            if self._unasked:
                self._exchange.room = await self._listed() or self._exchange.room
                self._unasked = False
        return self._exchange.room

    @property
    def spent(self) -> Usage:
        """What all calls took, failed ones included."""
        return self._exchange.spent

    async def aclose(self) -> None:
        """Close the connections. Safe to call twice."""
        await self._client.close()

    async def complete(self, request: Request) -> Reply:
        """Answer `request`.

        A reply that is empty or not what was asked for is asked for once more, quoting
        what is wrong; one cut at the token limit once more with twice the limit. Where the
        request does not want that, the items that are complete in a cut reply count.

        Raises:
            EndpointError: no answer came, retries included.
            ReplyError: an answer came and can't be used, after one re-ask.
        """
        return await self._exchange.complete(request)

    def forget(self, replies: Iterable[bytes]) -> None:
        """See `Backend`."""
        self._exchange.forget(replies)

    async def _send(self, body: dict[str, Any]) -> Answer | Failure:
        """One HTTP request within its deadline."""
        sdk = _sdk()
        try:
            async with asyncio.timeout(self._endpoint.timeout):
                response = await self._client.post(
                    "/chat/completions",
                    cast_to=self._response_type,
                    body={**self._extra, **body},
                    options=self._options,
                )
        except sdk.APIStatusError as error:
            return self._answer(error.response, error)
        except Exception as error:  # noqa: BLE001  the boundary: nothing foreign passes
            return failure_of(error, self._context, self._endpoint.timeout)
        return self._answer(response)

    def _answer(self, response: Any, cause: Exception | None = None) -> Answer:
        """The parts of a response that matter; what it says of quotas is heeded."""
        self._exchange.traffic.limiter.heed(response.headers)
        return Answer(
            status=response.status_code,
            body=response.text,
            wait=asked_wait(response.headers, time.time()),
            obey=response.headers.get("x-should-retry", ""),
            cause=cause,
        )

    async def _listed(self) -> int | None:
        """What the server's list of models says; None where it can't be had, for any reason.

        Whatever is wrong with the endpoint, the first call will say it better.
        """
        try:
            async with asyncio.timeout(min(self._endpoint.timeout, LIST_TIMEOUT)):
                response = await self._client.get(
                    "/models", cast_to=self._response_type, options=self._options
                )
            return context_in(response.text, self._endpoint.model)
        except Exception:  # noqa: BLE001  the boundary: nothing foreign passes
            return None


def failure_of(error: Exception, context: Context, seconds: float) -> Failure:
    """What an exception of the SDK, or of what it sits on, means.

    Args:
        error: anything that is no HTTP status.
        context: whom to name.
        seconds: the deadline that was set.
    """
    sdk = _sdk()
    timeout = isinstance(error, TimeoutError | sdk.APITimeoutError)
    if timeout and not never_connected(error):
        failure = timed_out(seconds, context)
    elif isinstance(error, sdk.APIConnectionError | OSError):
        reason, lasting = reason_of(error)
        billed = reason == BROKE and not never_connected(error)
        failure = unreachable(reason, context, lasting=lasting, billed=billed)
    else:
        failure = Failure(
            EndpointError(
                f"The request to {context.host} could not be made ({type(error).__name__}).",
                "Check the base URL, the key, the proxy and OPENAI_* variables.",
            )
        )
    return replace(failure, cause=error)


def _sdk() -> ModuleType:
    """The SDK; loaded when the first backend is made."""
    import openai  # noqa: TID251  this is the module that may

    return openai


def _open_client(endpoint: Endpoint, base_url: str) -> tuple[Any, Any]:
    """The SDK's client, and the type of response to ask it for.

    Raises:
        ConfigError: the SDK or what it sits on does not accept the settings.
    """
    from urllib.request import getproxies

    import httpx2

    from summ.llm.pools import FEW, Pools

    openai = _sdk()
    parts, local = urlsplit(base_url), is_loopback(base_url)
    # Without TLS there are no certificates to load, which takes 25 ms; a context without any
    # trusts nobody, should it ever be used.
    plain = local and parts.scheme == "http"
    verify = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else True
    # A proxy from the environment counts only where no transport is named.
    alone = endpoint.jobs <= FEW or not (local or not getproxies())
    headers: dict[str, Any] = {}
    if parts.hostname != OPENAI_HOST:
        # Account numbers from the environment are nobody else's business.
        headers |= {"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()}
    try:
        client = openai.AsyncOpenAI(
            api_key=endpoint.api_key or "none",
            base_url=parts._replace(query="").geturl(),
            default_query=dict(parse_qsl(parts.query)),
            default_headers=headers,
            max_retries=0,
            # The deadline of a call is kept by `_send`; these only bound its parts.
            timeout=openai.Timeout(
                endpoint.timeout + 1.0, connect=min(CONNECT_TIMEOUT, endpoint.timeout)
            ),
            http_client=openai.DefaultAsyncHttpxClient(
                follow_redirects=False,
                limits=httpx2.Limits(
                    max_connections=endpoint.jobs, max_keepalive_connections=endpoint.jobs
                ),
                # A proxy can't reach this machine's loopback, and must not see its texts.
                trust_env=not local,
                verify=verify,
                transport=None if alone else Pools(endpoint.jobs, verify),
            ),
        )
    except (openai.OpenAIError, httpx2.InvalidURL, ValueError, OSError) as error:
        raise ConfigError(
            "The model client can't be set up with this base URL, proxy or certificate file "
            f"({type(error).__name__}).",
            "Check --base-url, HTTPS_PROXY and SSL_CERT_FILE.",
        ) from error
    return client, httpx2.Response
