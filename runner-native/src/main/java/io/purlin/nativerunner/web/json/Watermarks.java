package io.purlin.nativerunner.web.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** How far something has come in event time. Stateless. */
final class Watermarks {
  private static final long BEGINNING = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private Watermarks() {}

  /** Puts a watermark; null while it is at the beginning of time. */
  static void put(ObjectNode to, String name, long millis) {
    if (millis <= BEGINNING) {
      to.putNull(name);
    } else {
      to.put(name, millis);
    }
  }

  /** Puts how far it is behind the clock; null at the beginning and at the end of time, 0 ahead. */
  static void putLag(ObjectNode to, String name, long millis, long nowMillis) {
    if (millis <= BEGINNING || millis >= END) {
      to.putNull(name);
    } else {
      to.put(name, Math.max(0, nowMillis - millis));
    }
  }
}
