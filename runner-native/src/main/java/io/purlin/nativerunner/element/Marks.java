package io.purlin.nativerunner.element;

import org.jspecify.annotations.Nullable;

/**
 * What an element can carry besides timestamp, windows and pane. Nearly every element carries
 * {@link #NONE}, so that it costs only those who use it.
 *
 * @param recordId identity of the record at its source, for deduplication
 * @param recordOffset position of the record at its source
 * @param causedByDrain whether the element exists because the pipeline is draining
 */
public record Marks(@Nullable String recordId, @Nullable Long recordOffset, boolean causedByDrain) {

  /** The marks of an ordinary element. */
  public static final Marks NONE = new Marks(null, null, false);

  /** The marks of what exists because the pipeline is draining. */
  public static final Marks DRAINED = new Marks(null, null, true);

  /** Marks of the given values; {@link #NONE} where none is set. */
  public static Marks of(
      @Nullable String recordId, @Nullable Long recordOffset, boolean causedByDrain) {
    return recordId == null && recordOffset == null && !causedByDrain
        ? NONE
        : new Marks(recordId, recordOffset, causedByDrain);
  }

  /**
   * The marks of what an element with these, or the passing of time, makes fire: a timer or a pane
   * is no record of the source, but may be caused by a drain.
   */
  public Marks ofFiring() {
    return causedByDrain ? DRAINED : NONE;
  }
}
