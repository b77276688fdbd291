package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.MultimapState;
import org.apache.beam.sdk.state.OrderedListState;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State of every type has after a restart what it had, also of many keys. */
class RestartStateTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void stateOfEveryType(long seed) {
    Map<String, Long> outputs =
        new Disturbed(RestartStateTest::state).comesToTheSame(seed, 1, 4, 2);
    assertThat(outputs).hasSizeGreaterThan(20);
  }

  private static void state(Pipeline pipeline) {
    pipeline
        .apply(Read.from(new Ticks("ticks", 2, TICKS)))
        .apply("MoreKeys", ParDo.of(new MoreKeys()))
        .apply(Window.into(FixedWindows.of(Duration.millis(TICKS / 2))))
        .apply(ParDo.of(new Keeps()))
        .apply(ParDo.of(new Outputs<>("state")));
  }

  static final class MoreKeys extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Long, Long> tick, OutputReceiver<KV<Long, Long>> out) {
      out.output(KV.of(10 * tick.getKey() + tick.getValue() % 7, tick.getValue()));
    }
  }

  /** Keeps what comes in state of every type, and gives it out at the end of the window. */
  static final class Keeps extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;

    @StateId("value")
    private final StateSpec<ValueState<Long>> value = StateSpecs.value(VarLongCoder.of());

    @StateId("bag")
    private final StateSpec<BagState<Long>> bag = StateSpecs.bag(VarLongCoder.of());

    @StateId("set")
    private final StateSpec<SetState<Long>> set = StateSpecs.set(VarLongCoder.of());

    @StateId("map")
    private final StateSpec<MapState<Long, Long>> map =
        StateSpecs.map(VarLongCoder.of(), VarLongCoder.of());

    @StateId("multimap")
    private final StateSpec<MultimapState<Long, Long>> multimap =
        StateSpecs.multimap(VarLongCoder.of(), VarLongCoder.of());

    @StateId("list")
    private final StateSpec<OrderedListState<Long>> list =
        StateSpecs.orderedList(VarLongCoder.of());

    @StateId("sum")
    private final StateSpec<CombiningState<Long, long[], Long>> sum =
        StateSpecs.combining(Sum.ofLongs());

    @ProcessElement
    public void process(
        @Element KV<Long, Long> element,
        @Timestamp Instant timestamp,
        @StateId("value") ValueState<Long> value,
        @StateId("bag") BagState<Long> bag,
        @StateId("set") SetState<Long> set,
        @StateId("map") MapState<Long, Long> map,
        @StateId("multimap") MultimapState<Long, Long> multimap,
        @StateId("list") OrderedListState<Long> list,
        @StateId("sum") CombiningState<Long, long[], Long> sum) {
      long n = element.getValue();
      value.write(n);
      bag.add(n);
      set.add(n % 5);
      if (n % 3 == 0) {
        set.remove(n % 4);
      }
      map.put(n % 4, n);
      multimap.put(n % 2, n);
      list.add(TimestampedValue.of(n, timestamp));
      sum.add(n);
    }

    @OnWindowExpiration
    public void expire(
        @Key Long key,
        OutputReceiver<String> out,
        @StateId("value") ValueState<Long> value,
        @StateId("bag") BagState<Long> bag,
        @StateId("set") SetState<Long> set,
        @StateId("map") MapState<Long, Long> map,
        @StateId("multimap") MultimapState<Long, Long> multimap,
        @StateId("list") OrderedListState<Long> list,
        @StateId("sum") CombiningState<Long, long[], Long> sum) {
      List<String> entries = new ArrayList<>();
      map.entries().read().forEach(each -> entries.add(each.toString()));
      multimap.entries().read().forEach(each -> entries.add(each.toString()));
      List<Long> sorted = new ArrayList<>();
      list.read().forEach(each -> sorted.add(each.getValue()));
      out.output(
          key
              + ": "
              + value.read()
              + " "
              + all(bag.read())
              + " "
              + all(set.read())
              + " "
              + new TreeSet<>(entries)
              + " "
              + sorted
              + " "
              + sum.read());
    }

    private static List<Long> all(Iterable<Long> values) {
      List<Long> all = new ArrayList<>();
      values.forEach(all::add);
      all.sort(null);
      return all;
    }
  }
}
