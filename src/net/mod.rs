//! One HTTP client for each purpose (submit, ask, fetch) with its guards: addresses, redirects, proxies, caps; says "nothing was sent" or "something may have been".
