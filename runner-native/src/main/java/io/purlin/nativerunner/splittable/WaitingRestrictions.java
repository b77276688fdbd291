package io.purlin.nativerunner.splittable;

import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.state.PartSpec;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import io.purlin.state.keys.CoderPrint;
import io.purlin.state.keys.KeyGroups;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.KeyedWorkItem;
import org.apache.beam.runners.core.KeyedWorkItemCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Restrictions whose side inputs cannot be read yet, in the order in which they came. Owned by the
 * task's thread.
 */
final class WaitingRestrictions<InputT, RestrictionT> implements Snapshottable {
  private final Coder<KeyedWorkItem<byte[], KV<InputT, RestrictionT>>> coder;
  private final PartSpec part;
  private final KeyGroups groups;
  private List<KeyedWorkItem<byte[], KV<InputT, RestrictionT>>> items = new ArrayList<>();

  WaitingRestrictions(SplittableSpec<InputT, ?, RestrictionT, ?> spec, OperatorContext context) {
    this.coder =
        KeyedWorkItemCoder.of(
            ByteArrayCoder.of(),
            KvCoder.of(spec.coders().element(), spec.coders().restriction()),
            spec.strategy().getWindowFn().windowCoder());
    this.part =
        new PartSpec(
            context.stepName() + "/waiting",
            "waiting restrictions/1",
            Map.of("coder", CoderPrint.of(coder)));
    this.groups = new KeyGroups(ByteArrayCoder.of(), context.maxParallelism());
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  void add(KeyedWorkItem<byte[], KV<InputT, RestrictionT>> item) {
    items.add(item);
  }

  /** Takes everything out. */
  List<KeyedWorkItem<byte[], KV<InputT, RestrictionT>>> take() {
    List<KeyedWorkItem<byte[], KV<InputT, RestrictionT>>> taken = items;
    items = new ArrayList<>();
    return taken;
  }

  /** The earliest timestamp, in milliseconds; {@code Long.MAX_VALUE} if nothing waits. */
  long holdMillis() {
    long earliest = Long.MAX_VALUE;
    for (KeyedWorkItem<byte[], KV<InputT, RestrictionT>> item : items) {
      for (WindowedValue<?> element : item.elementsIterable()) {
        earliest = Math.min(earliest, element.getTimestamp().getMillis());
      }
    }
    return earliest;
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    sink.begin(part);
    for (KeyedWorkItem<byte[], KV<InputT, RestrictionT>> item : items) {
      coder.encode(item, sink.frame());
      sink.keyed(groups.keyGroup(item.key()));
    }
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    if (!source.part().name().equals(part.name())) {
      return false;
    }
    part.accept(source.part());
    for (ByteArrayInputStream in = source.nextFrame(); in != null; in = source.nextFrame()) {
      add(coder.decode(in));
    }
    return true;
  }
}
