package io.purlin.nativerunner.exchange;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeWriterTest {
  @Test
  void sendsABatchWhenItIsFull() {
    Wires wires = new Wires(1, 2, 2);
    ExchangeWriter writer = wires.writer();
    Channel channel = wires.channels.get(0);

    wires.send(writer, "a", 1);
    assertThat(channel.queued()).isZero();
    wires.send(writer, "b", 2);
    assertThat(Wires.drain(channel)).containsExactly("a", "b");
    assertThat(writer.elements()).isEqualTo(2);
    assertThat(writer.batches()).isEqualTo(1);
  }

  @Test
  void sendsAPartialBatchWhenAskedOrAfterTheTimeout() {
    Wires wires = new Wires(1, 2, 10);
    ExchangeWriter writer = wires.writer();
    Channel channel = wires.channels.get(0);

    wires.send(writer, "a", 1);
    writer.flushExpired(100);
    writer.flushExpired(109);
    assertThat(channel.queued()).isZero();
    writer.flushExpired(110);
    assertThat(Wires.drain(channel)).containsExactly("a");

    wires.send(writer, "b", 1);
    writer.flush();
    assertThat(Wires.drain(channel)).containsExactly("b");

    writer.flush();
    assertThat(channel.queued()).isZero();
  }

  @Test
  void aWatermarkNeverOvertakesData() {
    Wires wires = new Wires(2, 4, 10);
    ExchangeWriter writer = wires.writer(Partitioner.inTurn(2, 0), Backpressure.overflowing());

    wires.send(writer, "a", 1);
    writer.watermark(1);
    wires.send(writer, "b", 2);
    wires.send(writer, "c", 3);
    writer.watermark(3);
    writer.endOfInput();

    assertThat(Wires.drain(wires.channels.get(0)))
        .containsExactly("a", "watermark 1", "c", "watermark 3", "end");
    assertThat(Wires.drain(wires.channels.get(1)))
        .containsExactly("watermark 1", "b", "watermark 3", "end");
  }

  @Test
  void unreadProgressIsReplacedSoThatTheQueueStaysBounded() {
    Wires wires = new Wires(1, 2, 1);
    ExchangeWriter writer = wires.writer();
    Channel channel = wires.channels.get(0);

    for (int i = 0; i < 1_000; i++) {
      writer.watermark(i);
    }
    wires.send(writer, "a", 1_000);
    for (int i = 1_000; i < 2_000; i++) {
      writer.watermark(i);
      writer.idle();
    }

    assertThat(channel.queued()).isEqualTo(3);
    assertThat(Wires.drain(channel)).containsExactly("watermark 999", "a", "idle 1999");

    writer.watermark(2_000);
    assertThat(Wires.drain(channel)).containsExactly("watermark 2000");
  }

  @Test
  void controlElementsNeedNoCredit() {
    Wires wires = new Wires(1, 2, 2);
    ExchangeWriter writer = wires.writer();
    Channel channel = wires.channels.get(0);
    for (int i = 0; i < 3; i++) {
      wires.send(writer, i, i);
    }
    assertThat(channel.freeCredits()).isZero();

    writer.watermark(2);
    writer.endOfInput();

    assertThat(writer.isBlocked()).isFalse();
    assertThat(Wires.drain(channel)).containsExactly(0, 1, 2, "watermark 2", "end");
  }

  @Test
  void withoutCreditElementsOverflowAndKeepTheirOrder() {
    Wires wires = new Wires(1, 1, 2);
    ExchangeWriter writer = wires.writer();
    Channel channel = wires.channels.get(0);
    for (int i = 0; i < 5; i++) {
      wires.send(writer, i, i);
    }
    writer.watermark(3);
    writer.watermark(4);
    writer.endOfInput();
    assertThat(writer.isBlocked()).isTrue();
    assertThat(writer.drainOverflow()).isFalse();

    List<Object> received = new ArrayList<>();
    do {
      received.addAll(Wires.drain(channel));
    } while (!writer.drainOverflow());
    received.addAll(Wires.drain(channel));

    assertThat(received).containsExactly(0, 1, 2, 3, 4, "watermark 4", "end");
    assertThat(writer.isBlocked()).isFalse();
  }

  @Test
  void overflowedElementsKeepTheirTimestamps() {
    Wires wires = new Wires(1, 1, 1);
    ExchangeWriter writer = wires.writer();
    Channel channel = wires.channels.get(0);
    wires.send(writer, "a", 1);
    wires.send(writer, "b", 2);
    Wires.drain(channel);
    wires.current.timestampMillis(99);

    assertThat(writer.drainOverflow()).isTrue();

    Batch batch = (Batch) requireNonNull(channel.poll());
    assertThat(batch.load(0, wires.current)).isEqualTo("b");
    assertThat(wires.current.timestampMillis()).isEqualTo(2);
  }

  @Test
  void aStoppedJobEndsTheWaitForACredit() {
    Wires wires = new Wires(1, 1, 1);
    ExchangeWriter writer = wires.writer(Partitioner.to(0), Backpressure.waiting(wires.sender));
    wires.send(writer, "a", 1);
    wires.sender.stop();

    assertThatThrownBy(() -> wires.send(writer, "b", 2)).isInstanceOf(StoppedException.class);
  }

  @Test
  void creditsAreConservedWhoeverClosesFirst() {
    for (boolean senderFirst : new boolean[] {true, false}) {
      Wires wires = new Wires(1, 4, 2);
      ExchangeWriter writer = wires.writer();
      InputGate gate = new InputGate(wires.channels);
      // One batch being read, one queued, one being filled, one free; then some overflow.
      for (int i = 0; i < 5; i++) {
        wires.send(writer, i, i);
      }
      writer.watermark(1);
      wires.send(writer, 5, 5);
      assertThat(gate.poll()).isNotNull();
      Channel channel = wires.channels.get(0);
      assertThat(channel.freeCredits()).isZero();

      if (senderFirst) {
        writer.close();
        gate.close();
      } else {
        gate.close();
        writer.close();
      }

      assertThat(channel.freeCredits()).isEqualTo(channel.granted());
      assertThat(Wires.takeAll(channel)).isEqualTo(channel.granted());
    }
  }

  @Test
  void closingDropsWhatOverflowed() {
    Wires wires = new Wires(1, 1, 2);
    ExchangeWriter writer = wires.writer();
    for (int i = 0; i < 10; i++) {
      wires.send(writer, i, i);
    }

    writer.close();

    assertThat(writer.isBlocked()).isFalse();
    assertThat(Wires.drain(wires.channels.get(0))).containsExactly(0, 1);
  }
}
