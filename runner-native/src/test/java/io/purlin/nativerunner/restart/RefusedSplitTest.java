package io.purlin.nativerunner.restart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.BadAttributeValueExpException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint with a split that was made to harm whoever reads it. */
class RefusedSplitTest {
  private static final AtomicBoolean POISONED = new AtomicBoolean();

  @TempDir Path folder;

  @AfterEach
  void heal() {
    POISONED.set(false);
    Ticks.ALLOWED.set(Long.MAX_VALUE);
  }

  private Kept kept() {
    return new Kept(folder, RefusedSplitTest::reads, null);
  }

  private static void reads(Pipeline pipeline) {
    pipeline.apply("Read", Read.from(new Silent()));
  }

  @Test
  void itIsRefusedByTheNameOfItsFile() throws IOException {
    kept()
        .runTo(
            2,
            null,
            () -> {
              POISONED.set(true);
              return true;
            });
    Path newest = kept().newest();
    String number = String.valueOf(newest.getFileName()).substring("chk-".length());

    assertThatThrownBy(() -> kept().runToEnd(null))
        .hasMessageContaining(newest.resolve("state-" + number) + ": the position of Read")
        .hasMessageEndingWith(
            "is not restored: it holds an object of"
                + " javax.management.BadAttributeValueExpException, which no split has");
  }

  @Test
  void aSourceThatCouldNotBeRestoredDoesNotStart() {
    POISONED.set(true);
    assertThatThrownBy(() -> kept().runToEnd(null))
        .hasMessageContaining("the position of Read")
        .hasMessageContaining("BadAttributeValueExpException");
  }

  /** Gives nothing, for ever. */
  private static final class Silent extends UnboundedSource<Long, Ticks.Mark> {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.writeObject(POISONED.get() ? new BadAttributeValueExpException("x") : "");
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      var unused = in.readObject();
    }

    @Override
    public List<Silent> split(int desiredNumSplits, PipelineOptions options) {
      return List.of(this);
    }

    @Override
    public UnboundedReader<Long> createReader(PipelineOptions options, Ticks.@Nullable Mark mark) {
      return new Reader();
    }

    @Override
    public Coder<Ticks.Mark> getCheckpointMarkCoder() {
      return SerializableCoder.of(Ticks.Mark.class);
    }

    @Override
    public Coder<Long> getOutputCoder() {
      return VarLongCoder.of();
    }

    private final class Reader extends UnboundedReader<Long> {
      @Override
      public boolean start() {
        return false;
      }

      @Override
      public boolean advance() {
        return false;
      }

      @Override
      public Long getCurrent() {
        throw new AssertionError("there is none");
      }

      @Override
      public Instant getCurrentTimestamp() {
        throw new AssertionError("there is none");
      }

      @Override
      public Instant getWatermark() {
        return BoundedWindow.TIMESTAMP_MIN_VALUE;
      }

      @Override
      public CheckpointMark getCheckpointMark() {
        return new Ticks.Mark("silent", 0);
      }

      @Override
      public UnboundedSource<Long, ?> getCurrentSource() {
        return Silent.this;
      }

      @Override
      public void close() {}
    }
  }
}
