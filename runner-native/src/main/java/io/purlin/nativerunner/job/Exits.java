package io.purlin.nativerunner.job;

import io.purlin.nativerunner.chain.Exit;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.exchange.Backpressure;
import io.purlin.nativerunner.exchange.Channel;
import io.purlin.nativerunner.exchange.ExchangeWriter;
import io.purlin.nativerunner.exchange.Partitioner;
import io.purlin.nativerunner.metrics.TaskTimes;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.Standstill;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leads chains out into exchanges. Used by one thread, before the job starts. */
final class Exits {
  private final ChannelGrid channels;
  private final JobSettings settings;
  private final Clock clock;

  Exits(ChannelGrid channels, JobSettings settings, Clock clock) {
    this.channels = channels;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The exit of one task for one exchange; its writer is added to {@code writers}, its waits to
   * {@code times}; {@code standstill} is told before it waits.
   */
  Exit exit(
      ChainPlan chain,
      int index,
      ExchangePlan exchange,
      CurrentElement current,
      List<ExchangeWriter> writers,
      TaskTimes times,
      Standstill standstill) {
    List<Channel> targets = channels.outOf(exchange, index);
    Backpressure backpressure =
        settings.stepped() || !settings.machine().tasksMayWait()
            ? Backpressure.overflowing()
            : Backpressure.waiting(channels.signal(chain, index), standstill, clock, times);
    Partitioner partitioner =
        Partitioners.of(exchange.partitioning(), targets.size(), index, settings.maxParallelism());
    ExchangeWriter writer =
        new ExchangeWriter(
            current, partitioner, targets, backpressure, settings.limits().bufferTimeoutMillis());
    writers.add(writer);
    return new WriterExit(writer);
  }

  /** Leads out of a chain into an exchange. */
  private record WriterExit(ExchangeWriter writer) implements Exit {
    @Override
    public void receive(@Nullable Object value) {
      writer.receive(value);
    }

    @Override
    public void watermark(long millis) {
      writer.watermark(millis);
    }
  }
}
