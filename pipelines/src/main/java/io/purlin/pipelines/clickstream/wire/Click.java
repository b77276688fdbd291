package io.purlin.pipelines.clickstream.wire;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** One view of one page, as in {@code click.avsc}. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Click {
  /** When it happened, in milliseconds since 1970. */
  public abstract long getEventMillis();

  /** Unique; a repeated click repeats it. */
  public abstract String getId();

  /** Who clicked. */
  public abstract String getUser();

  /** What was seen. */
  public abstract String getPage();

  /** A click. */
  @SchemaCreate
  public static Click of(long eventMillis, String id, String user, String page) {
    return new AutoValue_Click(eventMillis, id, user, page);
  }

  /** Its bytes on the wire. */
  public byte[] toWire(WireWriter writer) {
    return writer
        .begin()
        .write(getEventMillis())
        .write(getId())
        .write(getUser())
        .write(getPage())
        .end();
  }

  /** The click in {@code bytes}. */
  public static Click fromWire(WireReader reader, byte @Nullable [] bytes)
      throws CorruptRecordException {
    reader.begin(bytes);
    Click click =
        of(reader.readLong(), reader.readString(), reader.readString(), reader.readString());
    reader.end();
    return click;
  }

  /** Only the event time of the click in {@code bytes}. */
  public static long eventMillis(WireReader reader, byte @Nullable [] bytes)
      throws CorruptRecordException {
    return reader.begin(bytes).readLong();
  }
}
