package io.purlin.nativerunner.beam;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/** Between an element's marks and where Beam's types have them. Stateless. */
public final class BeamMarks {
  private BeamMarks() {}

  /** The marks of a value. */
  public static Marks of(WindowedValue<?> value) {
    return Marks.of(value.getRecordId(), value.getRecordOffset(), value.causedByDrain());
  }

  /** Sets the marks of what is being built. */
  public static void set(OutputBuilder<?> value, Marks marks) {
    value
        .setRecordId(marks.recordId())
        .setRecordOffset(marks.recordOffset())
        .setCausedByDrain(marks.causedByDrain());
  }

  /** A value with everything that the current element carries. */
  public static <T> WindowedValue<T> windowed(T value, CurrentElement current) {
    Marks marks = current.marks();
    return WindowedValues.of(
        value,
        Instant.ofEpochMilli(current.timestampMillis()),
        current.windows(),
        current.pane(),
        marks.recordId(),
        marks.recordOffset(),
        marks.causedByDrain());
  }
}
