"""Which parts of addresses only a letter tells: no page may pass them on, no cache may keep what stands behind them."""

SECRETS = {"token", "key", "uidb36"}
