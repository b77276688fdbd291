package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.state.Fold;
import io.purlin.state.PartSpec;
import io.purlin.state.SegmentFilter;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of something that is used meanwhile, as slowly as it can, and compares each with
 * one that was written at the barrier at once. What has changed its state without saying so first
 * is found out.
 */
public final class SlowSnapshots {
  private static final int KEY_GROUPS = 128;

  private final Random random;
  private final Deque<byte[]> segments = new ArrayDeque<>();
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable SnapshotSink open;
  private @Nullable List<String> expected;
  private final Deque<Fold<?, ?>> folds = new ArrayDeque<>();
  private int compared;
  private int folded;
  private long checkpoint;

  /**
   * @param random says when
   */
  public SlowSnapshots(Random random) {
    this.random = random;
  }

  /** Begins a snapshot, or writes a little of the one that was begun. Between bundles. */
  public void step(Snapshottable state) {
    try {
      if (open != null) {
        goOn();
      } else if (segments.isEmpty() || random.nextInt(6) == 0) {
        expected = contents(List.of(written(state)));
        begin(state, true);
      } else if (random.nextInt(3) == 0) {
        expected = null;
        begin(state, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Folds a little of what may be copied, since snapshots began. Between elements. */
  public void fold() {
    Fold<?, ?> next = folds.peek();
    if (next != null && next.drain(random.nextInt(3))) {
      folds.poll();
      folded++;
    }
  }

  /** Writes a little of a snapshot that was begun; in the middle of an element as well. */
  public void goOn() {
    try {
      if (open != null && open.drain(random.nextInt(3))) {
        end();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin(Snapshottable state, boolean whole) throws IOException {
    bytes = new ByteArrayOutputStream();
    checkpoint++;
    boolean folds = !whole && this.folds.isEmpty();
    Extent changes = folds ? new Extent(false, checkpoint, Extent.NONE) : Extent.CHANGES;
    open = new SnapshotSink(bytes, 0, 1, KEY_GROUPS, whole ? Extent.WHOLE : changes);
    state.snapshot(open);
    this.folds.addAll(open.folds());
  }

  private void end() throws IOException {
    SnapshotSink ended = open;
    if (ended == null) {
      return;
    }
    ended.finish();
    open = null;
    if (!ended.isSegment()) {
      segments.clear();
    }
    segments.push(bytes.toByteArray());
    if (expected != null) {
      assertThat(contents(List.of(bytes.toByteArray()))).isEqualTo(expected);
      compared++;
    }
  }

  /** Gives the state, as all segments have it, to one that is new. Between bundles. */
  public void move(Snapshottable from, Snapshottable to) {
    try {
      end();
      expected = null;
      begin(from, segments.isEmpty());
      end();
      assertThat(contents(segments)).isEqualTo(contents(List.of(written(from))));
      SegmentFilter filter = new SegmentFilter();
      for (byte[] each : segments) {
        source(each, filter).restoreTo(to, false);
        filter.older();
      }
      segments.clear();
      folds.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    to.restored();
  }

  /** How many snapshots were compared. */
  public int compared() {
    return compared;
  }

  /** How many tables were folded. */
  public int folded() {
    return folded;
  }

  private static byte[] written(Snapshottable state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotSink sink = new SnapshotSink(bytes, 0, 1, KEY_GROUPS);
    state.snapshot(sink);
    sink.finish();
    return bytes.toByteArray();
  }

  private static SnapshotSource source(byte[] segment, SegmentFilter filter) throws IOException {
    return new SnapshotSource(new ByteArrayInputStream(segment), 0, 1, KEY_GROUPS, filter);
  }

  /** Every frame with its part and its window, in no order. */
  private static List<String> contents(Iterable<byte[]> newestFirst) throws IOException {
    List<String> all = new ArrayList<>();
    SegmentFilter filter = new SegmentFilter();
    for (byte[] each : newestFirst) {
      SnapshotSource source = source(each, filter);
      for (PartSpec part = source.nextPart(); part != null; part = source.nextPart()) {
        String window = "";
        for (ByteArrayInputStream in = source.nextFrame(); in != null; in = source.nextFrame()) {
          byte[] bytes = in.readAllBytes();
          // What is in a map has no order.
          Arrays.sort(bytes);
          String frame = Base64.getEncoder().encodeToString(bytes);
          if (source.isShared()) {
            window = frame;
          } else {
            all.add(part.name() + " " + window + " " + frame);
          }
        }
      }
      filter.older();
    }
    Collections.sort(all);
    return all;
  }
}
