package io.purlin.pipelines.clickstream;

import com.google.auto.value.AutoValue;
import io.purlin.pipelines.clickstream.wire.Click;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/**
 * What is known of a set of clicks: their number, the first and the last. Clicks at the same time
 * are ordered by id, so that {@link #plus} gives the same whatever the order.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
abstract class SessionTotals {
  abstract long getClicks();

  abstract Click getFirst();

  abstract Click getLast();

  @SchemaCreate
  static SessionTotals of(long clicks, Click first, Click last) {
    return new AutoValue_SessionTotals(clicks, first, last);
  }

  SessionTotals plus(SessionTotals other) {
    return of(
        getClicks() + other.getClicks(),
        before(other.getFirst(), getFirst()) ? other.getFirst() : getFirst(),
        before(getLast(), other.getLast()) ? other.getLast() : getLast());
  }

  private static boolean before(Click one, Click other) {
    return one.getEventMillis() != other.getEventMillis()
        ? one.getEventMillis() < other.getEventMillis()
        : one.getId().compareTo(other.getId()) < 0;
  }
}
