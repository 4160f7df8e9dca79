package io.drawdown.wire.view;

/**
 * A record of a compacted topic that cannot be decoded, so that a view knows a key by an older record or not at all.
 *
 * @param key its key
 * @param position where it stands: {@code topic-partition@offset}
 * @param cause why it cannot be decoded
 */
public record Unreadable(String key, String position, String cause) {}
