package io.purlin.nativerunner.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.SlowSnapshots;
import io.purlin.nativerunner.TinyMemory;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.state.StateMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.beam.runners.core.InMemoryStateInternals;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.MultimapState;
import org.apache.beam.sdk.state.OrderedListState;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.state.WatermarkHoldState;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations on one scope, against one of Beam's in-memory state objects for each key and a
 * plain list of timers.
 */
class KeyedScopePropertyTest {
  private static final StateTag<ValueState<String>> VALUE =
      StateTags.value("value", StringUtf8Coder.of());
  private static final StateTag<BagState<String>> BAG = StateTags.bag("bag", StringUtf8Coder.of());
  private static final StateTag<SetState<String>> SET = StateTags.set("set", StringUtf8Coder.of());
  private static final StateTag<MapState<String, Integer>> MAP =
      StateTags.map("map", StringUtf8Coder.of(), VarIntCoder.of());
  private static final StateTag<MultimapState<String, Integer>> MULTIMAP =
      StateTags.multimap("multimap", StringUtf8Coder.of(), VarIntCoder.of());
  private static final StateTag<OrderedListState<String>> ORDERED =
      StateTags.orderedList("ordered", StringUtf8Coder.of());
  private static final StateTag<CombiningState<Long, long[], Long>> SUM =
      StateTags.combiningValueFromInputInternal("sum", VarLongCoder.of(), Sum.ofLongs());
  private static final StateTag<WatermarkHoldState> EARLIEST =
      StateTags.watermarkStateInternal("earliest", TimestampCombiner.EARLIEST);
  private static final StateTag<WatermarkHoldState> LATEST =
      StateTags.makeSystemTagInternal(
          StateTags.watermarkStateInternal("latest", TimestampCombiner.LATEST));

  private static final List<StateTag<?>> ALL =
      List.of(VALUE, BAG, SET, MAP, MULTIMAP, ORDERED, SUM, EARLIEST, LATEST);

  private static final List<TimeDomain> DOMAINS =
      List.of(
          TimeDomain.EVENT_TIME,
          TimeDomain.PROCESSING_TIME,
          TimeDomain.SYNCHRONIZED_PROCESSING_TIME);

  private record Timer(
      String key, StateNamespace namespace, String id, TimeDomain domain, Set set) {
    private record Set(long time, long output, boolean byUser) {}

    boolean isSameAs(String otherKey, StateNamespace otherNamespace, String otherId) {
      return key.equals(otherKey) && namespace.equals(otherNamespace) && id.equals(otherId);
    }

    boolean holds() {
      return domain == TimeDomain.EVENT_TIME ? set.output < set.time : set.byUser;
    }
  }

  private final ManualClock clock = new ManualClock(0);
  private Supplier<StateMemory> memory = StateMemory::unlimited;
  private boolean declares;
  private KeyedScope scope = newScope();
  private final Map<String, InMemoryStateInternals<String>> model = new HashMap<>();
  private final List<Timer> timers = new ArrayList<>();
  private final List<StateNamespace> namespaces = new ArrayList<>();
  private SlowSnapshots snapshots = new SlowSnapshots(new Random(0));
  private int step;

  KeyedScopePropertyTest() {
    namespaces.add(StateNamespaces.global());
    for (int i = 0; i < 4; i++) {
      IntervalWindow window =
          new IntervalWindow(Instant.ofEpochMilli(i * 10L), Instant.ofEpochMilli(i * 10L + 10));
      namespaces.add(StateNamespaces.window(IntervalWindow.getCoder(), window));
      namespaces.add(StateNamespaces.windowAndTrigger(IntervalWindow.getCoder(), window, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9, 10})
  void soItDoesWithNoRoomOnTheHeap(long seed, @TempDir Path directory) throws IOException {
    try (TinyMemory tiny = new TinyMemory(directory)) {
      memory = tiny;
      scope = newScope();
      randomWorkWithRestartsEqualsTheModel(seed);
    }
  }

  /** What user code may ask for is all declared, so that copies of the state may be made. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void soItDoesWhileCopiesAreMade(long seed, @TempDir Path directory) throws IOException {
    try (TinyMemory tiny = new TinyMemory(directory)) {
      memory = tiny;
      declares = true;
      scope = newScope();
      randomWorkWithRestartsEqualsTheModel(seed);
    }
    assertThat(snapshots.folded()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomWorkWithRestartsEqualsTheModel(long seed) throws IOException {
    Random random = new Random(seed);
    snapshots = new SlowSnapshots(new Random(seed));
    int keys = 1 + random.nextInt(40);
    for (step = 0; step < 5_000; step++) {
      snapshots.step(scope);
      snapshots.fold();
      String key = "k" + random.nextInt(keys);
      // A fresh array each time: keys are equal by their encoding alone.
      scope.setKey(key.getBytes(StandardCharsets.UTF_8));
      for (int i = random.nextInt(4); i >= 0; i--) {
        StateNamespace namespace = namespaces.get(random.nextInt(namespaces.size()));
        if (random.nextInt(3) == 0) {
          workOnTimers(random, key, namespace);
        } else {
          workOnState(random, key, namespace);
        }
      }
      if (random.nextInt(100) == 0) {
        restart(random);
        scope.setKey(key.getBytes(StandardCharsets.UTF_8));
      }
      if (random.nextInt(50) == 0) {
        ALL.forEach(scope::declare);
        StateNamespace namespace = namespaces.get(random.nextInt(namespaces.size()));
        scope.clear(namespace);
        clearModel(key, namespace);
      }
      if (random.nextInt(20) == 0) {
        fire(random);
      }
      if (random.nextInt(5) == 0) {
        assertThat(scope.holdMillis()).as("hold after step %s", step).isEqualTo(modelHold());
      }
    }
    compareEverything(keys);
    assertThat(snapshots.compared()).isPositive();
  }

  private KeyedScope newScope() {
    KeyedScope made =
        new KeyedScope(
            new KeyedScopeSpec(
                "step", ByteArrayCoder.of(), IntervalWindow.getCoder(), 128, "any", memory.get()),
            clock);
    if (declares) {
      made.declareUserStates(ALL.subList(0, ALL.size() - 1));
    }
    return made;
  }

  /** The scope is written down and read by a new one, or by one that names a state before. */
  private void restart(Random random) {
    KeyedScope before = scope;
    scope = newScope();
    ALL.stream().filter(each -> random.nextBoolean()).forEach(scope::declare);
    snapshots.move(before, scope);
  }

  private StateInternals modelOf(String key) {
    return model.computeIfAbsent(key, InMemoryStateInternals::forKey);
  }

  private void workOnState(Random random, String key, StateNamespace namespace) {
    StateInternals expected = modelOf(key);
    long seed = random.nextLong();
    Object ours = act(new Random(seed), scope.stateInternals(), namespace);
    Object theirs = act(new Random(seed), expected, namespace);
    assertThat(ours).as("step %s", step).isEqualTo(theirs);
  }

  /** One random operation, decided by {@code random} alone, and what it returned. */
  private static Object act(Random random, StateInternals state, StateNamespace namespace) {
    String word = "w" + random.nextInt(5);
    int number = random.nextInt(100);
    Instant time = Instant.ofEpochMilli(random.nextInt(40));
    switch (random.nextInt(24)) {
      case 0, 1 -> state.state(namespace, VALUE).write(word);
      case 2 -> state.state(namespace, VALUE).clear();
      case 3, 4 -> state.state(namespace, BAG).add(word);
      case 5 -> state.state(namespace, BAG).clear();
      case 6 -> state.state(namespace, SET).add(word);
      case 7 -> {
        return state.state(namespace, SET).addIfAbsent(word).read();
      }
      case 8 -> state.state(namespace, SET).remove(word);
      case 9 -> state.state(namespace, MAP).put(word, number);
      case 10 -> {
        return Objects.toString(state.state(namespace, MAP).putIfAbsent(word, number).read());
      }
      case 11 -> state.state(namespace, MAP).remove(word);
      case 12 -> state.state(namespace, MULTIMAP).put(word, number);
      case 13 -> state.state(namespace, MULTIMAP).remove(word);
      case 14, 15 -> state.state(namespace, ORDERED).add(TimestampedValue.of(word, time));
      case 16 ->
          state
              .state(namespace, ORDERED)
              .clearRange(time, Instant.ofEpochMilli(time.getMillis() + 10));
      case 17 -> state.state(namespace, SUM).add((long) number);
      case 18 -> state.state(namespace, SUM).addAccum(new long[] {number});
      case 19 -> state.state(namespace, SUM).clear();
      case 20 -> state.state(namespace, EARLIEST).add(time);
      case 21 -> state.state(namespace, LATEST).add(time);
      case 22 -> {
        state.state(namespace, EARLIEST).clear();
        state.state(namespace, LATEST).clear();
      }
      default -> {
        return contents(state, namespace);
      }
    }
    return "done";
  }

  private static List<Object> contents(StateInternals state, StateNamespace namespace) {
    List<Object> all = new ArrayList<>();
    all.add(Objects.toString(state.state(namespace, VALUE).read()));
    all.add(copy(state.state(namespace, BAG).read()));
    all.add(sorted(state.state(namespace, SET).read()));
    all.add(sorted(state.state(namespace, MAP).entries().read()));
    all.add(sorted(state.state(namespace, MAP).keys().read()));
    all.add(sorted(state.state(namespace, MAP).values().read()));
    all.add(sorted(state.state(namespace, MULTIMAP).entries().read()));
    all.add(sorted(state.state(namespace, MULTIMAP).keys().read()));
    all.add(copy(state.state(namespace, MULTIMAP).get("w1").read()));
    all.add(copy(state.state(namespace, ORDERED).read()));
    all.add(
        copy(
            state
                .state(namespace, ORDERED)
                .readRange(Instant.ofEpochMilli(5), Instant.ofEpochMilli(20))));
    all.add(state.state(namespace, SUM).read());
    all.add(Objects.toString(state.state(namespace, EARLIEST).read()));
    all.add(Objects.toString(state.state(namespace, LATEST).read()));
    all.add(state.state(namespace, BAG).isEmpty().read());
    all.add(state.state(namespace, SET).isEmpty().read());
    all.add(state.state(namespace, MAP).isEmpty().read());
    all.add(state.state(namespace, MULTIMAP).isEmpty().read());
    all.add(state.state(namespace, ORDERED).isEmpty().read());
    all.add(state.state(namespace, SUM).isEmpty().read());
    all.add(state.state(namespace, EARLIEST).isEmpty().read());
    return all;
  }

  private static List<Object> copy(Iterable<?> values) {
    List<Object> copy = new ArrayList<>();
    values.forEach(copy::add);
    return copy;
  }

  private static List<String> sorted(Iterable<?> values) {
    return copy(values).stream().map(Object::toString).sorted().toList();
  }

  private void workOnTimers(Random random, String key, StateNamespace namespace) {
    int which = random.nextInt(15);
    TimeDomain domain = DOMAINS.get(which % 3);
    String id = "t" + which;
    if (random.nextInt(4) == 0) {
      scope.timerInternals().deleteTimer(namespace, id, "", domain);
      timers.removeIf(timer -> timer.isSameAs(key, namespace, id));
      return;
    }
    long now = domain == TimeDomain.EVENT_TIME ? scope.inputWatermark() : clock.millis();
    long time = Math.max(now, 0) + random.nextInt(60) - 5;
    long output = time - random.nextInt(20);
    boolean byUser = random.nextBoolean();
    timers.removeIf(timer -> timer.isSameAs(key, namespace, id));
    timers.add(new Timer(key, namespace, id, domain, new Timer.Set(time, output, byUser)));
    Instant target = Instant.ofEpochMilli(time);
    Instant outputTimestamp = Instant.ofEpochMilli(output);
    if (byUser) {
      scope.timerInternals().setTimer(namespace, id, "", target, outputTimestamp, domain);
    } else {
      scope
          .timerInternals()
          .setTimer(TimerData.of(id, "", namespace, target, outputTimestamp, domain));
    }
  }

  private void fire(Random random) {
    boolean event = random.nextBoolean();
    List<String> expected = new ArrayList<>();
    long until;
    if (event) {
      until = Math.max(scope.inputWatermark(), 0) + random.nextInt(50);
      scope.inputWatermark(until);
    } else {
      clock.advance(random.nextInt(50));
      until = clock.millis();
    }
    timers.stream()
        .filter(timer -> (timer.domain == TimeDomain.EVENT_TIME) == event)
        .filter(timer -> isDue(timer, until))
        // The list is in the order of setting, and sorting keeps it.
        .sorted(
            Comparator.<Timer>comparingLong(timer -> timer.set.time)
                .thenComparing(timer -> !isSynchronized(timer)))
        .forEach(timer -> expected.add(timer.key + timer.namespace + timer.id + timer.set.time));
    timers.removeIf(
        timer -> (timer.domain == TimeDomain.EVENT_TIME) == event && isDue(timer, until));
    List<String> actual = new ArrayList<>();
    KeyedScope.TimerHandler handler =
        (key, timer) ->
            actual.add(
                new String((byte[]) Objects.requireNonNull(key), StandardCharsets.UTF_8)
                    + timer.getNamespace()
                    + timer.getTimerId()
                    + timer.getTimestamp().getMillis());
    boolean any =
        event ? scope.fireEventTimers(handler) : scope.fireProcessingTimers(until, handler);
    assertThat(actual).as("step %s", step).isEqualTo(expected);
    assertThat(any).isEqualTo(!expected.isEmpty());
  }

  /** A time must be passed, but synchronized time has reached what the clock says. */
  private static boolean isDue(Timer timer, long until) {
    return isSynchronized(timer) ? timer.set.time <= until : timer.set.time < until;
  }

  private static boolean isSynchronized(Timer timer) {
    return timer.domain == TimeDomain.SYNCHRONIZED_PROCESSING_TIME;
  }

  private void clearModel(String key, StateNamespace namespace) {
    StateInternals state = modelOf(key);
    ALL.forEach(tag -> state.state(namespace, tag).clear());
    timers.removeIf(timer -> timer.key.equals(key) && timer.namespace.equals(namespace));
  }

  private long modelHold() {
    long hold = Long.MAX_VALUE;
    for (InMemoryStateInternals<String> state : model.values()) {
      for (StateNamespace namespace : namespaces) {
        for (StateTag<WatermarkHoldState> tag : List.of(EARLIEST, LATEST)) {
          Instant held = state.state(namespace, tag).read();
          hold = held == null ? hold : Math.min(hold, held.getMillis());
        }
      }
    }
    for (Timer timer : timers) {
      hold = timer.holds() ? Math.min(hold, timer.set.output) : hold;
    }
    return hold;
  }

  private void compareEverything(int keys) {
    for (int i = 0; i < keys; i++) {
      String key = "k" + i;
      scope.setKey(key.getBytes(StandardCharsets.UTF_8));
      for (StateNamespace namespace : namespaces) {
        assertThat(contents(scope.stateInternals(), namespace))
            .as("%s in %s", key, namespace)
            .isEqualTo(contents(modelOf(key), namespace));
      }
    }
  }
}
