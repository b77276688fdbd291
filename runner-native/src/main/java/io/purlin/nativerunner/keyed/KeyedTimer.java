package io.purlin.nativerunner.keyed;

import io.purlin.nativerunner.time.TimerQueue;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.state.TimeDomain;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One timer that is set. Setting it again changes it in place. Owned by {@link KeyedTimers}; lives
 * until it fires or is deleted.
 */
final class KeyedTimer extends TimerQueue.Entry {
  /** The value of {@link #holdMillis} for a timer that holds nothing. */
  static final long NO_HOLD = Long.MAX_VALUE;

  private final TimerCell cell;
  private final String family;
  private final String id;
  private final TimeDomain domain;
  private long outputMillis;
  private long holdMillis = NO_HOLD;

  KeyedTimer(TimerCell cell, String family, String id, TimeDomain domain) {
    this.cell = cell;
    this.family = family;
    this.id = id;
    this.domain = domain;
  }

  boolean is(String otherFamily, String otherId) {
    return id.equals(otherId) && family.equals(otherFamily);
  }

  TimerCell cell() {
    return cell;
  }

  String family() {
    return family;
  }

  String id() {
    return id;
  }

  TimeDomain domain() {
    return domain;
  }

  @Nullable Object key() {
    return cell.key();
  }

  void outputMillis(long millis) {
    outputMillis = millis;
  }

  long outputMillis() {
    return outputMillis;
  }

  /** Where the timer holds the output watermark. */
  long holdMillis() {
    return holdMillis;
  }

  void holdMillis(long millis) {
    holdMillis = millis;
  }

  /** Writes the timer as {@link #readFrom} takes it. */
  void writeTo(DataOutputStream out) throws IOException {
    out.writeUTF(family);
    out.writeUTF(id);
    out.writeByte(
        switch (domain) {
          case EVENT_TIME -> 0;
          case PROCESSING_TIME -> 1;
          case SYNCHRONIZED_PROCESSING_TIME -> 2;
        });
    out.writeLong(timeMillis());
    out.writeLong(order());
    out.writeLong(outputMillis);
    out.writeBoolean(holdMillis != NO_HOLD);
  }

  /** A timer of the cell, not yet in it. */
  static TimerCell.Restored readFrom(DataInputStream in, TimerCell cell) throws IOException {
    String family = in.readUTF();
    String id = in.readUTF();
    TimeDomain domain =
        switch (in.readByte()) {
          case 0 -> TimeDomain.EVENT_TIME;
          case 1 -> TimeDomain.PROCESSING_TIME;
          case 2 -> TimeDomain.SYNCHRONIZED_PROCESSING_TIME;
          default -> throw new IOException("timer " + id + " has an unknown time domain");
        };
    KeyedTimer timer = new KeyedTimer(cell, family, id, domain);
    long millis = in.readLong();
    long order = in.readLong();
    timer.outputMillis = in.readLong();
    return new TimerCell.Restored(timer, millis, order, in.readBoolean());
  }

  /** The timer as Beam sees it. */
  TimerData data() {
    return TimerData.of(
        id,
        family,
        (StateNamespace) cell.window(),
        Instant.ofEpochMilli(timeMillis()),
        Instant.ofEpochMilli(outputMillis),
        domain);
  }
}
