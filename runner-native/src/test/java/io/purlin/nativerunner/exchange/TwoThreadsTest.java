package io.purlin.nativerunner.exchange;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.element.CurrentElement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sender and a receiver on threads of their own. Counts are checked, never time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TwoThreadsTest {
  /** Longer than the test may take: a wake-up that is lost fails it. */
  private static final long FOREVER_NANOS = TimeUnit.HOURS.toNanos(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 20000", "1, 7, 100000", "3, 2, 100000", "8, 256, 1000000"})
  void everyElementArrivesOnceInOrderAndNoWatermarkOvertakes(
      int credits, int batchElements, int count) throws Exception {
    Wires wires = new Wires(2, credits, batchElements);
    Future<?> sender = threads.submit(() -> sendNumbers(wires, count));
    Received received = threads.submit(() -> receiveNumbers(wires)).get();
    sender.get();

    assertThat(received.count).isEqualTo(count);
    assertThat(received.inOrder).isTrue();
    assertThat(received.overtaken).isZero();
    for (Channel channel : wires.channels) {
      assertThat(channel.freeCredits()).isEqualTo(credits);
      assertThat(Wires.takeAll(channel)).isEqualTo(credits);
    }
  }

  private static void sendNumbers(Wires wires, int count) {
    ExchangeWriter writer = wires.writer(Partitioner.inTurn(2, 0), waitingForever(wires.sender));
    for (int i = 0; i < count; i++) {
      wires.send(writer, i, i);
      if (i % 5 == 3) {
        writer.watermark(i);
      }
      if (i % 97 == 0) {
        writer.flush();
      }
    }
    writer.endOfInput();
  }

  /** As in production, but without the limit that would cover up a lost wake-up. */
  private static Backpressure waitingForever(Signal signal) {
    return () -> {
      signal.await(FOREVER_NANOS);
      return true;
    };
  }

  private static final class Received {
    private long count;
    private long overtaken;
    private boolean inOrder = true;
    private final int[] last = {-2, -1};
  }

  private static Received receiveNumbers(Wires wires) {
    Received received = new Received();
    InputGate gate = new InputGate(wires.channels);
    CurrentElement current = new CurrentElement();
    long watermark = gate.watermarkMillis();
    while (!gate.hasEnded()) {
      Batch batch = gate.poll();
      if (batch != null) {
        read(batch, current, watermark, received);
        gate.release(batch);
      } else if (gate.watermarkMillis() > watermark) {
        watermark = gate.watermarkMillis();
      } else if (!gate.hasEnded()) {
        wires.receiver.await(FOREVER_NANOS);
      }
    }
    return received;
  }

  private static void read(Batch batch, CurrentElement current, long watermark, Received into) {
    for (int i = 0; i < batch.size(); i++) {
      int number = (int) requireNonNull(batch.load(i, current));
      // Of two channels each carries every second number.
      into.inOrder &= number == into.last[number % 2] + 2;
      into.last[number % 2] = number;
      into.overtaken += number <= watermark ? 1 : 0;
      into.count++;
    }
  }

  @Test
  void aSlowReceiverBoundsWhatIsInFlight() throws Exception {
    int credits = 3;
    int batchElements = 4;
    Wires wires = new Wires(1, credits, batchElements);
    AtomicInteger sent = new AtomicInteger();
    Future<?> sender =
        threads.submit(
            () -> {
              ExchangeWriter writer = wires.writer(Partitioner.to(0), waitingForever(wires.sender));
              for (int i = 0; i < 1_000; i++) {
                sent.set(i);
                wires.send(writer, i, i);
              }
              writer.endOfInput();
            });

    InputGate gate = new InputGate(wires.channels);
    List<Object> received = new ArrayList<>();
    int most = 0;
    while (!gate.hasEnded()) {
      Batch batch = gate.poll();
      if (batch == null) {
        if (!gate.hasEnded()) {
          wires.receiver.await(FOREVER_NANOS);
        }
        continue;
      }
      most = Math.max(most, sent.get() - received.size());
      received.addAll(Wires.values(batch));
      gate.release(batch);
    }
    sender.get();

    assertThat(received).hasSize(1_000);
    assertThat(most).isLessThanOrEqualTo(credits * batchElements);
  }

  @Test
  void stoppingWakesASenderThatWaitsForCredit() throws Exception {
    Wires wires = new Wires(1, 1, 1);
    Future<?> sender =
        threads.submit(
            () -> {
              ExchangeWriter writer = wires.writer(Partitioner.to(0), waitingForever(wires.sender));
              while (true) {
                wires.send(writer, "x", 0);
              }
            });
    while (wires.channels.get(0).queued() == 0) {
      wires.receiver.await(FOREVER_NANOS);
    }

    wires.sender.stop();

    assertThat(causeOf(sender)).isInstanceOf(StoppedException.class);
  }

  private static Throwable causeOf(Future<?> future) throws InterruptedException {
    try {
      future.get();
      return new AssertionError("the sender went on");
    } catch (ExecutionException e) {
      return requireNonNull(e.getCause());
    }
  }

  @Test
  void anInterruptLeftBehindDoesNotKeepTheThreadAwake() throws Exception {
    Signal signal = new Signal();
    boolean interruptedAfterwards =
        threads
            .submit(
                () -> {
                  Thread.currentThread().interrupt();
                  signal.await(FOREVER_NANOS);
                  return Thread.currentThread().isInterrupted();
                })
            .get();

    assertThat(interruptedAfterwards).isFalse();
  }
}
