package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.sdk.NativePipelineOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine has counted is told by the result, by its known names. */
class EngineCountersTest {
  private static final int ELEMENTS = 3_000;
  private static final int KEYS = 300;

  @TempDir Path directory;

  /** Counts elements of each key, with RocksDB behind so many bytes on the heap. */
  private Map<String, Long> countersOfCounting(long stateMemory) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(2);
    options.setStateBackend("rocksdb");
    options.setStateDir(directory.toString());
    options.setStateMemory(stateMemory);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(GenerateSequence.from(0).to(ELEMENTS))
        .apply(WithKeys.<Long, Long>of(each -> each % KEYS).withKeyType(TypeDescriptors.longs()))
        .apply(ParDo.of(new Counting()));
    PipelineResult result = pipeline.run();
    assertThat(result.waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
    return ((EngineCounters) result).counters();
  }

  private static Map<String, Long> ofRocksDb(Map<String, Long> counters) {
    return counters.entrySet().stream()
        .filter(each -> each.getKey().startsWith("rocksdb."))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void stateThatFitsDoesNotTouchRocksDb() {
    Map<String, Long> counters = countersOfCounting(1 << 30);

    assertThat(ofRocksDb(counters))
        .hasSize(7)
        .allSatisfy((name, count) -> assertThat(count).isZero());
    assertThat(counters.get("numRecordsIn")).isGreaterThanOrEqualTo(ELEMENTS);
  }

  /** Without any room a cell is read for each element but the first of its key, and written. */
  @Test
  void accessesOfStateThatDoesNotFitAreCounted() {
    Map<String, Long> counters = countersOfCounting(1);

    assertThat(counters.get("rocksdb.number.keys.found")).isEqualTo(ELEMENTS - KEYS);
    assertThat(counters.get("rocksdb.number.keys.read"))
        .isBetween(ELEMENTS - KEYS + 0L, ELEMENTS + 0L);
    assertThat(counters.get("rocksdb.number.keys.written")).isGreaterThanOrEqualTo(ELEMENTS - 2L);
    assertThat(counters.get("rocksdb.number.db.seek")).isZero();
  }

  private static final class Counting extends DoFn<KV<Long, Long>, Void> {
    private static final long serialVersionUID = 1L;

    @StateId("count")
    private final StateSpec<CombiningState<Long, long[], Long>> spec =
        StateSpecs.combining(Sum.ofLongs());

    @ProcessElement
    public void process(@StateId("count") CombiningState<Long, long[], Long> count) {
      count.add(1L);
    }
  }
}
