package io.purlin.nativerunner.keyed;

import io.purlin.nativerunner.time.WatermarkHolds;
import io.purlin.state.CellType;
import io.purlin.state.keys.CoderPrint;
import io.purlin.state.keys.StructuralKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.MultimapState;
import org.apache.beam.sdk.state.OrderedListState;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.StateBinder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.state.WatermarkHoldState;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.CombineWithContext.CombineFnWithContext;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.util.CombineFnUtil;
import org.apache.beam.sdk.values.TimestampedValue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cell type of a state specification: bind one to it, then ask for {@link #bound}. What
 * binding returns is of no use. Used once.
 */
final class CellKinds implements StateBinder {
  static final String HOLD = "hold/1";
  static final String TIMESTAMP_COMBINER = "timestamp combiner";

  private final WatermarkHolds holds;
  private final KeyedStates states;
  private final String windowing;
  private final boolean mayStayAway;
  private @Nullable CellType<StateCell> bound;

  /**
   * @param mayStayAway whether a restart may leave cells on the cold side, unless others know them
   */
  CellKinds(WatermarkHolds holds, KeyedStates states, String windowing, boolean mayStayAway) {
    this.mayStayAway = mayStayAway;
    this.holds = holds;
    this.states = states;
    this.windowing = windowing;
  }

  /** The type of the specification that was bound. */
  CellType<StateCell> bound() {
    if (bound == null) {
      throw new IllegalStateException("this kind of state is unknown");
    }
    return bound;
  }

  private <C extends StateCell> C bind(
      String kind, Coder<?> contentCoder, Supplier<? extends C> create) {
    return bind(kind, contentCoder, create, "none");
  }

  @SuppressWarnings("unchecked") // a cell's content is what its kind's coder takes
  private <C extends StateCell> C bind(
      String kind, Coder<?> contentCoder, Supplier<? extends C> create, String timestampCombiner) {
    Coder<Object> coder = (Coder<Object>) contentCoder;
    bound =
        new CellType<>() {
          @Override
          public StateCell create() {
            return create.get();
          }

          @Override
          public String kind() {
            return kind;
          }

          @Override
          public Map<String, String> prints() {
            return Map.of(
                "coder",
                CoderPrint.of(coder),
                "windowing",
                windowing,
                TIMESTAMP_COMBINER,
                timestampCombiner);
          }

          @Override
          public boolean isVacant(StateCell cell) {
            return cell.isVacant();
          }

          @Override
          public boolean mayStayAway() {
            return mayStayAway && !kind.equals(HOLD);
          }

          @Override
          public void write(StateCell cell, OutputStream out) throws IOException {
            coder.encode(cell.content(), out);
          }

          @Override
          public void read(StateCell cell, InputStream in) throws IOException {
            cell.content(coder.decode(in));
          }

          @Override
          public void fetch(StateCell cell, InputStream in) throws IOException {
            cell.fetched(coder.decode(in));
          }
        };
    return create.get();
  }

  @Override
  public <T> ValueState<T> bindValue(String id, StateSpec<ValueState<T>> spec, Coder<T> coder) {
    return bind("value/1", coder, () -> new ValueCell<T>(states));
  }

  @Override
  public <T> BagState<T> bindBag(String id, StateSpec<BagState<T>> spec, Coder<T> elemCoder) {
    return bind("bag/1", IterableCoder.of(elemCoder), () -> new BagCell<T>(states));
  }

  @Override
  public <T> SetState<T> bindSet(String id, StateSpec<SetState<T>> spec, Coder<T> elemCoder) {
    StructuralKey form = StructuralKey.of(elemCoder);
    return bind("set/1", IterableCoder.of(elemCoder), () -> new SetCell<T>(states, form));
  }

  @Override
  public <K, V> MapState<K, V> bindMap(
      String id, StateSpec<MapState<K, V>> spec, Coder<K> mapKeyCoder, Coder<V> mapValueCoder) {
    StructuralKey form = StructuralKey.of(mapKeyCoder);
    return bind(
        "map/1", MapCoder.of(mapKeyCoder, mapValueCoder), () -> new MapCell<K, V>(states, form));
  }

  @Override
  public <T> OrderedListState<T> bindOrderedList(
      String id, StateSpec<OrderedListState<T>> spec, Coder<T> elemCoder) {
    return bind(
        "ordered list/1",
        IterableCoder.of(TimestampedValue.TimestampedValueCoder.of(elemCoder)),
        () -> new OrderedListCell<T>(states));
  }

  @Override
  public <K, V> MultimapState<K, V> bindMultimap(
      String id, StateSpec<MultimapState<K, V>> spec, Coder<K> keyCoder, Coder<V> valueCoder) {
    StructuralKey form = StructuralKey.of(keyCoder);
    return bind(
        "multimap/1",
        IterableCoder.of(KvCoder.of(keyCoder, valueCoder)),
        () -> new MultimapCell<K, V>(states, form));
  }

  @Override
  public <InputT, AccumT, OutputT> CombiningState<InputT, AccumT, OutputT> bindCombining(
      String id,
      StateSpec<CombiningState<InputT, AccumT, OutputT>> spec,
      Coder<AccumT> accumCoder,
      CombineFn<InputT, AccumT, OutputT> combineFn) {
    return bind("combining/1", accumCoder, () -> new CombiningCell<>(states, context -> combineFn));
  }

  @Override
  public <InputT, AccumT, OutputT> CombiningState<InputT, AccumT, OutputT> bindCombiningWithContext(
      String id,
      StateSpec<CombiningState<InputT, AccumT, OutputT>> spec,
      Coder<AccumT> accumCoder,
      CombineFnWithContext<InputT, AccumT, OutputT> combineFn) {
    return bind(
        "combining/1",
        accumCoder,
        () ->
            new CombiningCell<>(states, context -> CombineFnUtil.bindContext(combineFn, context)));
  }

  @Override
  public WatermarkHoldState bindWatermark(
      String id, StateSpec<WatermarkHoldState> spec, TimestampCombiner timestampCombiner) {
    return bind(
        HOLD,
        InstantCoder.of(),
        () -> new HoldCell(states, holds, timestampCombiner),
        timestampCombiner.name());
  }
}
