"""Pages where a worker checks a payment or a contract: no account, no JavaScript, and nothing entered is kept."""
