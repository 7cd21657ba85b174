"""Text messages in and out: lines, talks, news, and the outbox."""
