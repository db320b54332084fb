"""The talk on Telegram: what arrives, what is said back, who may ask, and what is remembered."""
