package io.purlin.nativerunner.task;

import io.purlin.nativerunner.exchange.ExchangeWriter;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.metrics.TaskMetrics;
import io.purlin.nativerunner.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task is connected to.
 *
 * @param writers the exchanges that it writes
 * @param metrics where its steps and the task itself count
 * @param clock processing time
 * @param limits limits that it keeps
 * @param signal what wakes its thread
 * @param seat its part in checkpoints; null in a job without
 */
public record TaskWiring(
    List<ExchangeWriter> writers,
    TaskMetrics metrics,
    Clock clock,
    TaskLimits limits,
    Signal signal,
    @Nullable CheckpointSeat seat) {}
