package io.drawdown.wallet.domain;

/**
 * Where usage stands in usage.events.v1. Of one partition the draw-downs of a wallet follow each other as their usage does.
 *
 * @param first offset of the first usage event
 * @param last offset of the last one
 */
public record SourceRange(int partition, long first, long last) {}
