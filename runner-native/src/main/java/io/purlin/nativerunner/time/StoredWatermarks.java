package io.purlin.nativerunner.time;

import io.purlin.state.PartSpec;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * How far an operator had come in event time, as a part of its snapshot: without it, what was late
 * before a restart would be in time after it. Of several earlier tasks, the least counts. Owned by
 * one thread.
 */
public final class StoredWatermarks {
  private final PartSpec part;
  private long inputMillis = Long.MAX_VALUE;
  private long outputMillis = Long.MAX_VALUE;

  /**
   * @param stepName full name of the Beam transform
   */
  public StoredWatermarks(String stepName) {
    this.part = new PartSpec(stepName + "/watermarks", "watermarks/1", Map.of());
  }

  /** Writes both watermarks, in event-time milliseconds. */
  public void write(SnapshotSink sink, long input, long output) throws IOException {
    sink.begin(part);
    DataOutputStream out = new DataOutputStream(sink.frame());
    out.writeLong(input);
    out.writeLong(output);
    sink.shared();
  }

  /** Takes in the part at which the source stands, if it is this one. */
  public boolean restore(SnapshotSource source) throws IOException {
    if (!source.part().name().equals(part.name())) {
      return false;
    }
    part.accept(source.part());
    for (ByteArrayInputStream in = source.nextFrame(); in != null; in = source.nextFrame()) {
      DataInputStream frame = new DataInputStream(in);
      inputMillis = Math.min(inputMillis, frame.readLong());
      outputMillis = Math.min(outputMillis, frame.readLong());
    }
    return true;
  }

  /** Whether there is anything to go on from. */
  public boolean areKnown() {
    return inputMillis != Long.MAX_VALUE;
  }

  /** The input watermark to go on from, in event-time milliseconds. */
  public long inputMillis() {
    return inputMillis;
  }

  /** The output watermark to go on from, in event-time milliseconds. */
  public long outputMillis() {
    return outputMillis;
  }
}
