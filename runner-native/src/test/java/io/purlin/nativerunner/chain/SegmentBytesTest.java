package io.purlin.nativerunner.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.checkpoint.storage.JobDirectory;
import io.purlin.nativerunner.checkpoint.storage.NioCheckpointFiles;
import io.purlin.nativerunner.checkpoint.storage.SpilledFile;
import io.purlin.state.bytes.ByteChunks;
import io.purlin.state.bytes.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentBytesTest {
  private static final int ON_HEAP = 1000;

  @TempDir Path directory;

  @Test
  void fewStayOnTheHeap() throws IOException {
    try (JobDirectory job = open()) {
      SegmentBytes bytes = new SegmentBytes(1, job.spill());
      byte[] written = write(bytes, ON_HEAP);

      assertThat(bytes.stored()).isInstanceOf(ByteChunks.class);
      assertThat(read(bytes.stored())).isEqualTo(written);
      assertThat(files()).isZero();
    }
  }

  @Test
  void manyGoToAFileWithThoseBeforeThem() throws IOException {
    try (JobDirectory job = open()) {
      SegmentBytes bytes = new SegmentBytes(1, job.spill());
      byte[] written = write(bytes, 500_000);

      StoredBytes stored = bytes.stored();
      assertThat(stored).isInstanceOf(SpilledFile.class);
      assertThat(stored.sizeBytes()).isEqualTo(written.length);
      assertThat(read(stored)).isEqualTo(written);
    }
  }

  @Test
  void manyStayOnTheHeapWhereThereAreNoFiles() throws IOException {
    SegmentBytes bytes = new SegmentBytes(1, null);
    byte[] written = write(bytes, 500_000);

    assertThat(read(bytes.stored())).isEqualTo(written);
  }

  @Test
  void whatIsDiscardedLeavesNoFile() throws IOException {
    try (JobDirectory job = open()) {
      SegmentBytes bytes = new SegmentBytes(1, job.spill());
      write(bytes, 500_000);
      assertThat(files()).isPositive();

      bytes.discard();

      assertThat(files()).isZero();
    }
  }

  private JobDirectory open() throws IOException {
    return JobDirectory.open(new NioCheckpointFiles(), directory, "job", ON_HEAP);
  }

  private static byte[] write(SegmentBytes bytes, int count) throws IOException {
    byte[] written = new byte[count];
    Random random = new Random(count);
    random.nextBytes(written);
    for (int at = 0; at < count; ) {
      if (random.nextBoolean()) {
        bytes.write(written[at++]);
      } else {
        int length = Math.min(count - at, random.nextInt(2000));
        bytes.write(written, at, length);
        at += length;
      }
    }
    return written;
  }

  private static byte[] read(StoredBytes bytes) throws IOException {
    try (InputStream in = bytes.open()) {
      return in.readAllBytes();
    }
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(each -> each.toString().contains("part-")).count();
    }
  }
}
