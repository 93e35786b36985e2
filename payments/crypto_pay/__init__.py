"""Crypto Pay (@CryptoBot): invoices, transfers, webhooks. The only rail that pays out by itself."""
