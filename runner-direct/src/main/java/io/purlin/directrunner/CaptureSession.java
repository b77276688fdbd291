package io.purlin.directrunner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Where one run of a program leaves what it makes.
 *
 * <p>Runners serialise user code, so what they run finds its session by number, in this process
 * alone. Any thread may record; {@link #outputs} is for after the run. A session lives until it is
 * closed. A bundle that is tried again is recorded again: sessions are for runs without failures.
 */
public final class CaptureSession implements AutoCloseable {
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final Map<Long, CaptureSession> OPEN = new ConcurrentHashMap<>();

  private final long number;
  private final Map<String, Queue<CanonicalElement>> recorded = new ConcurrentHashMap<>();

  private CaptureSession(long number) {
    this.number = number;
  }

  /** A new, empty session. */
  public static CaptureSession open() {
    CaptureSession session = new CaptureSession(NUMBERS.incrementAndGet());
    OPEN.put(session.number, session);
    return session;
  }

  /**
   * A transform that records every element of a collection.
   *
   * @param name what the collection is called in the outputs; unique in the session
   * @throws IllegalArgumentException if the name is taken
   */
  public <T> PTransform<PCollection<T>, PDone> capture(String name) {
    if (recorded.putIfAbsent(name, new ConcurrentLinkedQueue<>()) != null) {
      throw new IllegalArgumentException("captured twice: " + name);
    }
    return new Capture<>(number, name);
  }

  /** All that was recorded, by name; a collection without elements is there and empty. */
  public CapturedOutputs outputs() {
    Map<String, List<CanonicalElement>> outputs = new TreeMap<>();
    recorded.forEach((name, elements) -> outputs.put(name, new ArrayList<>(elements)));
    return new CapturedOutputs(outputs);
  }

  @Override
  public void close() {
    OPEN.remove(number);
  }

  static void record(long number, String name, CanonicalElement element) {
    CaptureSession session = OPEN.get(number);
    Queue<CanonicalElement> elements = session == null ? null : session.recorded.get(name);
    if (elements == null) {
      throw new IllegalStateException(
          "no open session records '" + name + "': was it closed before the pipeline ended?");
    }
    elements.add(element);
  }
}
