package io.purlin.pipelines.clickstream.wire;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** How often a page was seen in one minute, as in {@code page-views.avsc}. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class PageViews {
  /** When the minute began, in milliseconds since 1970. */
  public abstract long getMinuteMillis();

  /** The page. */
  public abstract String getPage();

  /** Its title in the catalogue. */
  public abstract String getTitle();

  /** Its section in the catalogue. */
  public abstract String getSection();

  /** How often it was seen in this minute, as far as known. */
  public abstract long getViews();

  /** EARLY, ON_TIME or LATE. */
  public abstract String getTiming();

  /** Counts the panes of this page and minute, from 0. */
  public abstract long getPane();

  /** A result. */
  @SchemaCreate
  public static PageViews of(
      long minuteMillis,
      String page,
      String title,
      String section,
      long views,
      String timing,
      long pane) {
    return new AutoValue_PageViews(minuteMillis, page, title, section, views, timing, pane);
  }

  /** Its bytes on the wire. */
  public byte[] toWire(WireWriter writer) {
    return writer
        .begin()
        .write(getMinuteMillis())
        .write(getPage())
        .write(getTitle())
        .write(getSection())
        .write(getViews())
        .write(getTiming())
        .write(getPane())
        .end();
  }

  /** The result in {@code bytes}. */
  public static PageViews fromWire(WireReader reader, byte @Nullable [] bytes)
      throws CorruptRecordException {
    reader.begin(bytes);
    PageViews views =
        of(
            reader.readLong(),
            reader.readString(),
            reader.readString(),
            reader.readString(),
            reader.readLong(),
            reader.readString(),
            reader.readLong());
    reader.end();
    return views;
  }
}
