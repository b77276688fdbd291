package io.purlin.nativerunner.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.nativerunner.time.WatermarkHolds;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.StateContext;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.state.WatermarkHoldState;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.CombineWithContext;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class KeyedStatesTest {
  private static final StateTag<ValueState<String>> VALUE =
      StateTags.value("value", StringUtf8Coder.of());
  private static final StateTag<BagState<String>> BAG = StateTags.bag("bag", StringUtf8Coder.of());
  private static final StateTag<WatermarkHoldState> HOLD =
      StateTags.watermarkStateInternal("hold", TimestampCombiner.EARLIEST);
  private static final StateNamespace NAMESPACE =
      StateNamespaces.window(GlobalWindow.Coder.INSTANCE, GlobalWindow.INSTANCE);

  private static KeyedScopeSpec spec(Coder<?> keyCoder) {
    return new KeyedScopeSpec("step", keyCoder, GlobalWindow.Coder.INSTANCE, 128);
  }

  private final KeyedScope scope = new KeyedScope(spec(VarLongCoder.of()), new ManualClock(0));

  private ValueState<String> value() {
    return scope.stateInternals().state(NAMESPACE, VALUE);
  }

  @Test
  void everyKeyHasItsOwnState() {
    for (long key = 0; key < 10_000; key++) {
      scope.setKey(key);
      value().write("v" + key);
    }
    for (long key = 0; key < 10_000; key++) {
      scope.setKey(key);
      assertThat(value().read()).isEqualTo("v" + key);
    }
    scope.setKey(10_000L);
    assertThat(value().read()).isNull();
  }

  @Test
  void theNullKeyIsAKey() {
    KeyedScope voids = new KeyedScope(spec(VoidCoder.of()), new ManualClock(0));
    voids.setKey(null);
    voids.stateInternals().state(NAMESPACE, VALUE).write("v");
    voids.setKey(null);
    assertThat(voids.stateInternals().state(NAMESPACE, VALUE).read()).isEqualTo("v");
    assertThat(voids.stateInternals().getKey()).isNull();
    assertThat(voids.currentKey()).isNull();
  }

  @Test
  void systemAndUserStateOfTheSameNameAreApart() {
    scope.setKey(1L);
    value().write("user");
    StateTag<ValueState<String>> system = StateTags.makeSystemTagInternal(VALUE);
    assertThat(scope.stateInternals().state(NAMESPACE, system).read()).isNull();
  }

  @Test
  void cellsThatHoldNothingAreNotKept() {
    CurrentKey current = new CurrentKey(VarLongCoder.of());
    KeyedStates states = new KeyedStates(spec(VarLongCoder.of()), current, new WatermarkHolds());
    for (long key = 0; key < 100; key++) {
      states.sweep();
      current.set(key);
      assertThat(states.state(NAMESPACE, VALUE).read()).isNull();
      states.state(NAMESPACE, BAG).add("b");
    }
    assertThat(states.cellCount()).isEqualTo(100);
    for (long key = 0; key < 100; key++) {
      states.sweep();
      current.set(key);
      states.clear(NAMESPACE);
    }
    assertThat(states.cellCount()).isZero();
  }

  @Test
  void aStateCanBeWrittenAfterItWasCleared() {
    scope.setKey(1L);
    ValueState<String> state = value();
    state.write("a");
    state.clear();
    state.write("b");
    scope.setKey(2L);
    scope.setKey(1L);
    assertThat(value().read()).isEqualTo("b");
  }

  @Test
  void aStateThatWasKeptTooLongIsRefusedRatherThanLost() {
    scope.setKey(1L);
    ValueState<String> kept = value();
    scope.setKey(2L);
    scope.setKey(1L);
    value().write("new");
    assertThatThrownBy(() -> kept.write("old")).isInstanceOf(IllegalStateException.class);
    assertThat(value().read()).isEqualTo("new");
  }

  @Test
  void whatWasReadDoesNotChange() {
    scope.setKey(1L);
    BagState<String> bag = scope.stateInternals().state(NAMESPACE, BAG);
    bag.add("a");
    bag.add("b");
    Iterable<String> read = bag.read();
    for (String each : read) {
      bag.add(each + each);
    }
    assertThat(read).containsExactly("a", "b");
    assertThat(bag.read()).containsExactly("a", "b", "aa", "bb");
    bag.clear();
    bag.add("c");
    scope.setKey(2L);
    assertThat(read).containsExactly("a", "b");
  }

  @Test
  void setsAndMapsCompareByEncoding() {
    scope.setKey(1L);
    SetState<byte[]> set =
        scope.stateInternals().state(NAMESPACE, StateTags.set("set", ByteArrayCoder.of()));
    set.add(new byte[] {1});
    assertThat(set.addIfAbsent(new byte[] {1}).read()).isFalse();
    assertThat(set.contains(new byte[] {1}).read()).isTrue();
    MapState<byte[], Integer> map =
        scope
            .stateInternals()
            .state(NAMESPACE, StateTags.map("map", ByteArrayCoder.of(), VarIntCoder.of()));
    map.put(new byte[] {1}, 1);
    map.put(new byte[] {1}, 2);
    assertThat(map.get(new byte[] {1}).read()).isEqualTo(2);
    assertThat(map.keys().read()).hasSize(1);
  }

  @Test
  void stateHoldsTheWatermark() {
    scope.setKey(1L);
    scope.stateInternals().state(NAMESPACE, HOLD).add(Instant.ofEpochMilli(20));
    scope.setKey(2L);
    scope.stateInternals().state(NAMESPACE, HOLD).add(Instant.ofEpochMilli(10));
    assertThat(scope.holdMillis()).isEqualTo(10);
    scope.stateInternals().state(NAMESPACE, HOLD).clear();
    assertThat(scope.holdMillis()).isEqualTo(20);
    scope.setKey(1L);
    scope.clear(NAMESPACE);
    assertThat(scope.holdMillis()).isEqualTo(Long.MAX_VALUE);
  }

  /** An accumulator that is its own output. */
  private static final class ToList extends Combine.CombineFn<String, List<String>, List<String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> createAccumulator() {
      return new ArrayList<>();
    }

    @Override
    public List<String> addInput(List<String> accumulator, String input) {
      accumulator.add(input);
      return accumulator;
    }

    @Override
    public List<String> mergeAccumulators(Iterable<List<String>> accumulators) {
      List<String> first = null;
      for (List<String> each : accumulators) {
        if (first == null) {
          first = each;
        } else {
          first.addAll(each);
        }
      }
      return first == null ? createAccumulator() : first;
    }

    @Override
    public List<String> extractOutput(List<String> accumulator) {
      return accumulator;
    }
  }

  @Test
  void combiningSharesNoAccumulatorWithAnyone() {
    scope.setKey(1L);
    CombiningState<String, List<String>, List<String>> state =
        scope
            .stateInternals()
            .state(
                NAMESPACE,
                StateTags.combiningValue("list", ListCoder.of(StringUtf8Coder.of()), new ToList()));
    List<String> given = new ArrayList<>(List.of("a"));
    state.addAccum(given);
    state.add("b");
    List<String> read = state.read();
    state.add("c");
    assertThat(given).containsExactly("a");
    assertThat(read).containsExactly("a", "b");
    assertThat(state.read()).containsExactly("a", "b", "c");
  }

  /** Writes the context's job name behind each input. */
  private static final class JobNames
      extends CombineWithContext.CombineFnWithContext<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String createAccumulator(CombineWithContext.Context c) {
      return "";
    }

    @Override
    public String addInput(String accumulator, String input, CombineWithContext.Context c) {
      return accumulator + input + c.getPipelineOptions().getJobName();
    }

    @Override
    public String mergeAccumulators(Iterable<String> accumulators, CombineWithContext.Context c) {
      return String.join("", accumulators);
    }

    @Override
    public String extractOutput(String accumulator, CombineWithContext.Context c) {
      return accumulator;
    }
  }

  @Test
  void combiningSeesTheContextItIsAskedForWith() {
    StateTag<CombiningState<String, String, String>> tag =
        StateTags.combiningValueWithContext("text", StringUtf8Coder.of(), new JobNames());
    scope.setKey(1L);
    scope.stateInternals().state(NAMESPACE, tag, context("one")).add("a");
    scope.stateInternals().state(NAMESPACE, tag, context("two")).add("b");
    assertThat(scope.stateInternals().state(NAMESPACE, tag, context("three")).read())
        .isEqualTo("aonebtwo");
  }

  private static StateContext<GlobalWindow> context(String jobName) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setJobName(jobName);
    return new StateContext<>() {
      @Override
      public PipelineOptions getPipelineOptions() {
        return options;
      }

      @Override
      public <T> T sideInput(PCollectionView<T> view) {
        throw new UnsupportedOperationException("there are no side inputs");
      }

      @Override
      public GlobalWindow window() {
        return GlobalWindow.INSTANCE;
      }
    };
  }

  @Test
  void askingForTheStateOfAHotKeyAllocatesNothing() {
    Long[] keys = {1L, 2L, 3L};
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (Long key : keys) {
      scope.setKey(key);
      value().write("v");
    }
    int rounds = 100_000;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < rounds; i++) {
      scope.setKey(keys[i % keys.length]);
      value().write("w");
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // Compiling and the like may allocate a little; an object for each access would be 1.6 MB.
    assertThat(allocated).isLessThan(rounds);
  }

  @Test
  void namespacesAreWrittenAsBeamWritesThem() throws Exception {
    NamespaceCoder coder = new NamespaceCoder(GlobalWindow.Coder.INSTANCE);
    for (StateNamespace namespace :
        List.of(
            StateNamespaces.global(),
            NAMESPACE,
            StateNamespaces.windowAndTrigger(
                GlobalWindow.Coder.INSTANCE, GlobalWindow.INSTANCE, 3))) {
      assertThat(CoderUtils.clone(coder, namespace)).isEqualTo(namespace);
    }
  }
}
