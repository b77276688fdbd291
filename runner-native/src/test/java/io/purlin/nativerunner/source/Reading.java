package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/** Drives readers by hand, as a task would, and keeps what they emit. */
final class Reading {
  record Emitted(@Nullable Object value, long timestampMillis, Marks marks) {}

  final ManualClock clock = new ManualClock(0);
  final CurrentElement current = new CurrentElement();
  final List<Emitted> emitted = new ArrayList<>();

  SourceContext context(int parallelism) {
    return new SourceContext("Read", parallelism, clock, false, PipelineOptionsFactory.create());
  }

  SourceReader.Status poll(SourceReader reader, int maxElements) throws Exception {
    return reader.poll(
        value -> emitted.add(new Emitted(value, current.timestampMillis(), current.marks())),
        current,
        maxElements);
  }

  List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    emitted.forEach(each -> values.add(each.value()));
    return values;
  }
}
