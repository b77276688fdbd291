package io.purlin.nativerunner.exchange;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.junit.jupiter.api.Test;

class InputGateTest {
  private static final long MIN = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  @Test
  void readsChannelsInTurn() {
    Wires wires = new Wires(3, 4, 1);
    List<ExchangeWriter> writers = writers(wires);
    for (int i = 0; i < 2; i++) {
      for (int channel = 0; channel < 3; channel++) {
        wires.send(writers.get(channel), channel + "." + i, 0);
      }
    }

    InputGate gate = new InputGate(wires.channels);

    assertThat(readAll(gate)).containsExactly("0.0", "1.0", "2.0", "0.1", "1.1", "2.1");
    assertThat(gate.batches()).isEqualTo(6);
    assertThat(gate.elements()).isEqualTo(6);
  }

  @Test
  void aFullChannelDoesNotStarveAnother() {
    Wires wires = new Wires(2, 4, 1);
    List<ExchangeWriter> writers = writers(wires);
    for (int i = 0; i < 4; i++) {
      wires.send(writers.get(0), "much", 0);
    }
    wires.send(writers.get(1), "little", 0);

    assertThat(readAll(new InputGate(wires.channels)).indexOf("little")).isLessThan(2);
  }

  @Test
  void theWatermarkIsTheLeastOfAllChannels() {
    Wires wires = new Wires(2, 4, 1);
    List<ExchangeWriter> writers = writers(wires);
    InputGate gate = new InputGate(wires.channels);
    assertThat(gate.watermarkMillis()).isEqualTo(MIN);

    writers.get(0).watermark(10);
    assertThat(readAll(gate)).isEmpty();
    assertThat(gate.watermarkMillis()).isEqualTo(MIN);

    writers.get(1).watermark(7);
    assertThat(readAll(gate)).isEmpty();
    assertThat(gate.watermarkMillis()).isEqualTo(7);

    writers.get(1).watermark(20);
    assertThat(readAll(gate)).isEmpty();
    assertThat(gate.watermarkMillis()).isEqualTo(10);
  }

  @Test
  void whatAWatermarkCompletesComesBeforeWhatFollowsIt() {
    Wires wires = new Wires(1, 4, 1);
    ExchangeWriter writer = wires.writer();
    InputGate gate = new InputGate(wires.channels);
    writer.watermark(5);
    wires.send(writer, "after", 6);
    writer.watermark(6);

    assertThat(gate.poll()).isNull();
    assertThat(gate.watermarkMillis()).isEqualTo(5);
    Batch batch = requireNonNull(gate.poll());
    assertThat(gate.watermarkMillis()).isEqualTo(5);
    gate.release(batch);
    assertThat(gate.poll()).isNull();
    assertThat(gate.watermarkMillis()).isEqualTo(6);
  }

  @Test
  void endsWhenAllChannelsHaveEnded() {
    Wires wires = new Wires(2, 4, 1);
    List<ExchangeWriter> writers = writers(wires);
    InputGate gate = new InputGate(wires.channels);
    writers.get(1).watermark(3);
    writers.get(0).endOfInput();
    readAll(gate);
    assertThat(gate.hasEnded()).isFalse();
    assertThat(gate.watermarkMillis()).isEqualTo(3);

    wires.send(writers.get(1), "last", 3);
    writers.get(1).endOfInput();

    assertThat(readAll(gate)).containsExactly("last");
    assertThat(gate.hasEnded()).isTrue();
    assertThat(gate.watermarkMillis()).isEqualTo(END);
  }

  @Test
  void aChannelIsNotReadPastItsBarrierBeforeAllHaveTheirs() {
    Wires wires = new Wires(2, 4, 1);
    List<ExchangeWriter> writers = writers(wires);
    InputGate gate = new InputGate(wires.channels);
    wires.send(writers.get(0), "0 before", 0);
    writers.get(0).barrier(7);
    wires.send(writers.get(0), "0 after", 0);
    wires.send(writers.get(1), "1 before", 0);

    assertThat(readAll(gate)).containsExactly("0 before", "1 before");
    assertThat(gate.alignedBarrier()).isEqualTo(InputGate.NO_BARRIER);

    wires.send(writers.get(1), "1 before, late", 0);
    writers.get(1).barrier(7);
    wires.send(writers.get(1), "1 after", 0);
    assertThat(readAll(gate)).containsExactly("1 before, late");
    assertThat(gate.alignedBarrier()).isEqualTo(7);
    assertThat(gate.poll()).isNull();

    gate.passBarrier();
    assertThat(gate.alignedBarrier()).isEqualTo(InputGate.NO_BARRIER);
    assertThat(readAll(gate)).containsExactlyInAnyOrder("0 after", "1 after");
  }

  @Test
  void aChannelThatEndsNeedsNoBarrier() {
    Wires wires = new Wires(2, 4, 1);
    List<ExchangeWriter> writers = writers(wires);
    InputGate gate = new InputGate(wires.channels);
    writers.get(0).barrier(1);
    readAll(gate);
    assertThat(gate.alignedBarrier()).isEqualTo(InputGate.NO_BARRIER);

    wires.send(writers.get(1), "last", 0);
    writers.get(1).endOfInput();

    assertThat(readAll(gate)).containsExactly("last");
    assertThat(gate.alignedBarrier()).isEqualTo(1);
  }

  @Test
  void aBarrierThatWasGivenUpHoldsNothingBackWhenTheNextComes() {
    Wires wires = new Wires(2, 4, 1);
    List<ExchangeWriter> writers = writers(wires);
    InputGate gate = new InputGate(wires.channels);
    writers.get(0).barrier(1);
    wires.send(writers.get(0), "behind the first", 0);
    readAll(gate);

    writers.get(1).barrier(2);
    assertThat(readAll(gate)).containsExactly("behind the first");
    assertThat(gate.alignedBarrier()).isEqualTo(InputGate.NO_BARRIER);

    writers.get(0).barrier(2);
    readAll(gate);
    assertThat(gate.alignedBarrier()).isEqualTo(2);
  }

  @Test
  void aFullChannelDoesNotStopABarrier() {
    Wires wires = new Wires(1, 2, 1);
    ExchangeWriter writer = wires.writer();
    InputGate gate = new InputGate(wires.channels);
    for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
      wires.send(writer, "a", 0);
      writer.watermark(2L * checkpoint);
      wires.send(writer, "b", 0);
      writer.watermark(2L * checkpoint + 1);
      writer.barrier(checkpoint);
      writer.watermark(100L * checkpoint);
      assertThat(readAll(gate)).containsExactly("a", "b");
      assertThat(gate.alignedBarrier()).isEqualTo(checkpoint);
      gate.passBarrier();
      assertThat(readAll(gate)).isEmpty();
      assertThat(gate.watermarkMillis()).isEqualTo(100L * checkpoint);
    }
  }

  @Test
  void anIdleChannelHoldsNothingBack() {
    Wires wires = new Wires(2, 4, 1);
    List<ExchangeWriter> writers = writers(wires);
    InputGate gate = new InputGate(wires.channels);
    writers.get(0).watermark(10);
    writers.get(1).watermark(2);
    writers.get(1).idle();
    readAll(gate);
    assertThat(gate.watermarkMillis()).isEqualTo(10);
    assertThat(gate.isIdle()).isFalse();

    // An element ends the idleness, and the channel's old watermark takes nothing back.
    wires.send(writers.get(1), "awake", 12);
    readAll(gate);
    writers.get(0).watermark(20);
    readAll(gate);
    assertThat(gate.watermarkMillis()).isEqualTo(10);

    writers.get(1).watermark(15);
    readAll(gate);
    assertThat(gate.watermarkMillis()).isEqualTo(15);
  }

  @Test
  void whenAllChannelsAreIdleTheWatermarkStands() {
    Wires wires = new Wires(3, 4, 1);
    List<ExchangeWriter> writers = writers(wires);
    InputGate gate = new InputGate(wires.channels);
    writers.forEach(writer -> writer.watermark(4));
    readAll(gate);
    writers.get(0).endOfInput();
    writers.get(1).idle();
    writers.get(2).idle();
    readAll(gate);

    assertThat(gate.isIdle()).isTrue();
    assertThat(gate.hasEnded()).isFalse();
    assertThat(gate.watermarkMillis()).isEqualTo(4);

    writers.get(1).endOfInput();
    writers.get(2).endOfInput();
    readAll(gate);
    assertThat(gate.isIdle()).isFalse();
    assertThat(gate.watermarkMillis()).isEqualTo(END);
  }

  @Test
  void aBatchIsReleasedBeforeTheNextIsRead() {
    Wires wires = new Wires(1, 4, 1);
    ExchangeWriter writer = wires.writer();
    wires.send(writer, "a", 0);
    wires.send(writer, "b", 0);
    InputGate gate = new InputGate(wires.channels);
    assertThat(gate.poll()).isNotNull();

    assertThatThrownBy(gate::poll).isInstanceOf(IllegalStateException.class);
  }

  private static List<ExchangeWriter> writers(Wires wires) {
    List<ExchangeWriter> writers = new ArrayList<>();
    for (int channel = 0; channel < wires.channels.size(); channel++) {
      writers.add(wires.writerOf(channel));
    }
    return writers;
  }

  /** Reads until a whole round, past every watermark, finds nothing. */
  private static List<Object> readAll(InputGate gate) {
    List<Object> found = new ArrayList<>();
    int nothing = 0;
    while (nothing < 5) {
      Batch batch = gate.poll();
      if (batch == null) {
        nothing++;
      } else {
        nothing = 0;
        found.addAll(Wires.values(batch));
        gate.release(batch);
      }
    }
    return found;
  }
}
