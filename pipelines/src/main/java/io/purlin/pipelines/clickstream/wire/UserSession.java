package io.purlin.pipelines.clickstream.wire;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** A user's clicks without a long gap between them, as in {@code user-session.avsc}. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class UserSession {
  /** The first click, in milliseconds since 1970. */
  public abstract long getStartMillis();

  /** The last click and the gap after it, in milliseconds since 1970. */
  public abstract long getEndMillis();

  /** Who clicked. */
  public abstract String getUser();

  /** How many clicks. */
  public abstract long getClicks();

  /** The page of the first click; of several at the same time, that with the least id. */
  public abstract String getEntryPage();

  /** The page of the last click; of several at the same time, that with the greatest id. */
  public abstract String getExitPage();

  /** ON_TIME or LATE. */
  public abstract String getTiming();

  /** A session. */
  @SchemaCreate
  public static UserSession of(
      long startMillis,
      long endMillis,
      String user,
      long clicks,
      String entryPage,
      String exitPage,
      String timing) {
    return new AutoValue_UserSession(
        startMillis, endMillis, user, clicks, entryPage, exitPage, timing);
  }

  /** Its bytes on the wire. */
  public byte[] toWire(WireWriter writer) {
    return writer
        .begin()
        .write(getStartMillis())
        .write(getEndMillis())
        .write(getUser())
        .write(getClicks())
        .write(getEntryPage())
        .write(getExitPage())
        .write(getTiming())
        .end();
  }

  /** The session in {@code bytes}. */
  public static UserSession fromWire(WireReader reader, byte @Nullable [] bytes)
      throws CorruptRecordException {
    reader.begin(bytes);
    UserSession session =
        of(
            reader.readLong(),
            reader.readLong(),
            reader.readString(),
            reader.readLong(),
            reader.readString(),
            reader.readString(),
            reader.readString());
    reader.end();
    return session;
  }
}
