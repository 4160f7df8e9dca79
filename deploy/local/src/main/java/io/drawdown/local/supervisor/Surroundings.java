package io.drawdown.local.supervisor;

import java.nio.file.Path;
import java.time.Clock;

/**
 * What all keepers share.
 *
 * @param logs the folder of logs, one per process
 * @param runFiles where each process's state is written
 * @param progress where unusual facts are told
 * @param clock the time, for uptimes and limits
 * @param backoff how long to wait before a restart
 */
public record Surroundings(Path logs, RunFiles runFiles, Progress progress, Clock clock, Backoff backoff) {}
