package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.metrics.Consumed;
import io.purlin.nativerunner.metrics.LongCell;
import io.purlin.nativerunner.operator.LookAhead;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.sdk.faults.KillPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * The operators of one task, wired into direct calls.
 *
 * <p>Owned by the task's thread. Between {@link #open} and {@link #close} the task feeds elements
 * to {@link #head}, advances watermark and clock, and ends bundles; the chain sees to it that every
 * operator meets these in the order of the graph.
 */
public final class OperatorChain {
  /** How much state is folded at least between two batches. */
  private static final int CELLS_PER_FOLD = 32;

  /** Chains of so many operators, and shorter ones, are not cut. */
  private static final int UNCUT = 64;

  /** Operators between two cuts. */
  private static final int STRETCH = 25;

  private final List<Position> positions = new ArrayList<>();
  private final Map<Integer, PositionOutputs> outputs = new LinkedHashMap<>();
  private final ChainBundle bundle;
  private final @Nullable PositionOutputs source;
  private final @Nullable CopyRounds copies;
  private final FoldPace pace;
  private final AwaitedTimes awaited;
  private final CurrentElement current;
  private final Receiver head;
  private final @Nullable LookAhead headAhead;
  private final LongCell inputWatermark =
      new LongCell(BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis());
  private boolean draining;

  /** While no element is current, the marks of what time has to do with. */
  private Marks ofTime = Marks.NONE;

  /**
   * @param plan what stands in the chain
   * @param services what its operators are given
   * @param leaving the exchanges that the chain writes
   * @param exits makes the exit of each of them
   */
  public OperatorChain(
      ChainPlan plan,
      ChainServices services,
      List<ExchangePlan> leaving,
      Function<ExchangePlan, Exit> exits) {
    copies = services.copies();
    current = services.current();
    pace = new FoldPace(services.clock());
    awaited = new AwaitedTimes(positions, services.clock());
    bundle = new ChainBundle(positions, awaited, services.checkpointed());
    for (Vertex vertex : plan.members()) {
      outputs.put(vertex.id(), new PositionOutputs(bundle));
    }
    source = plan.head() instanceof Vertex.Source ? outputsOf(plan.head().id()) : null;
    for (Vertex vertex : plan.members()) {
      if (vertex instanceof Vertex.Step step) {
        place(step, plan, services);
      }
    }
    for (ExchangePlan exchange : leaving) {
      Edge edge = exchange.edge();
      outputsOf(edge.from()).connect(edge.output(), exits.apply(exchange));
    }
    head = source != null ? source.receiver(0) : positions.get(0).operator().entry();
    headAhead = source != null ? null : positions.get(0).operator().ahead();
  }

  private void place(Vertex.Step step, ChainPlan plan, ChainServices services) {
    List<Edge> inputs = plan.edges().stream().filter(e -> e.to() == step.id()).toList();
    OperatorContext context =
        new OperatorContext(
            step.name(),
            step.id(),
            services.taskIndex(),
            plan.parallelism(),
            services.maxParallelism(),
            services.current(),
            outputsOf(step.id()),
            bundle,
            services.clock(),
            services.sideInputs(),
            services.options(),
            services.memory(),
            services.standstill());
    List<PositionOutputs> producers =
        inputs.stream().map(Edge::from).distinct().map(this::outputsOf).toList();
    Operator operator = step.factory().create(context);
    Segments segments = new Segments(context, operator, services.spill(), services.copies());
    Position position =
        new Position(context, operator, segments, producers, seam(plan, context, operator));
    positions.add(position);
    for (Edge edge : inputs) {
      outputsOf(edge.from()).connect(edge.output(), position);
    }
  }

  /** Before the next operator; null where elements do not gather. */
  private @Nullable Seam seam(ChainPlan plan, OperatorContext context, Operator operator) {
    int position = positions.size();
    boolean isCut = plan.members().size() > UNCUT && position > 0 && position % STRETCH == 0;
    // What comes out of an exchange is announced without.
    boolean isHead = source == null && position == 0;
    return isCut || (operator.ahead() != null && !isHead)
        ? new Seam(context.current(), operator, isCut)
        : null;
  }

  private PositionOutputs outputsOf(int vertex) {
    PositionOutputs found = outputs.get(vertex);
    if (found == null) {
      throw new IllegalStateException("vertex " + vertex + " is not in this chain");
    }
    return found;
  }

  /** Opens every operator. After a failure {@link #close} must still be called. */
  public void open() throws Exception {
    for (Position position : positions) {
      position.operator().open();
    }
  }

  /**
   * Takes in what the operators of the same steps held in an earlier run. Called at most once,
   * right after {@link #open}.
   *
   * @param parts for each step
   * @throws IOException when something cannot be read, naming the step
   */
  public void restore(Function<String, List<OperatorState>> parts) throws IOException {
    for (Position position : positions) {
      List<OperatorState> ofStep = parts.apply(position.stepName());
      if (!ofStep.isEmpty()) {
        position.restore(ofStep);
        KillPoint.RESTORING.hit();
      }
    }
  }

  /**
   * Begins to write down what the operators hold now; between bundles. From here on, bundles belong
   * to the next checkpoint. A snapshot that is still being written is given up.
   *
   * @param checkpoint number of the checkpoint
   * @param continues whether the checkpoint that a snapshot was written for last is committed, so
   *     that only what has changed since is to be written
   * @throws IOException when something cannot be written, naming the step
   */
  public ChainSnapshot snapshot(long checkpoint, boolean continues) throws IOException {
    for (Position position : positions) {
      position.beginSnapshot(checkpoint, continues);
      KillPoint.BETWEEN_SNAPSHOTS.hit();
    }
    endEpoch();
    return new ChainSnapshot(positions);
  }

  /**
   * Brings state beyond the heap up to date, some cells at a time, for those who are going to copy
   * it; between batches, as a snapshot is written.
   *
   * @return whether there was anything to do
   */
  public boolean fold() {
    if (copies == null || !copies.isFolding()) {
      return false;
    }
    return pace.fold(this::foldSome);
  }

  private boolean foldSome() {
    for (Position position : positions) {
      if (position.fold(CELLS_PER_FOLD)) {
        return true;
      }
    }
    return false;
  }

  /** The bundles that have ended belong to the checkpoint that is told of next. */
  public void endEpoch() {
    bundle.passBarrier();
  }

  /** Where elements come in; {@link #beginBundle} must have been called. */
  public Receiver head() {
    return head;
  }

  /** Says what the head will receive next, as {@link LookAhead} has it. */
  public void lookAhead(@Nullable Object[] values, int from, int to) {
    if (headAhead != null) {
      headAhead.lookAhead(values, from, to);
    }
  }

  /**
   * Has every operator receive what was emitted for it: elements may gather on the way. Whoever has
   * fed the head says so before looking after anything else. The end of a bundle does it too.
   */
  public void passOn() {
    for (Position position : positions) {
      position.takeIn();
    }
  }

  /** Starts a bundle unless one is open. */
  public void beginBundle() {
    bundle.begin();
  }

  /** Whether a bundle is open. */
  public boolean isBundleOpen() {
    return bundle.isOpen();
  }

  /**
   * Ends the open bundle, then lets watermarks follow the holds that were released in it. Timers
   * that fire then run in bundles of their own, which are ended too.
   */
  public void finishBundle() {
    while (bundle.isOpen()) {
      bundle.finish();
      current.marks(ofTime);
      for (int round = 0; round < positions.size() && firesByTheClock(); round++) {
        bundle.finish();
        awaited.remember();
      }
      for (Position position : positions) {
        position.repeatAdvance();
      }
    }
  }

  /**
   * Fires what came due during the bundle that has ended. What one operator fires makes the next
   * one due, so that there are as many rounds as operators; a timer that sets itself again and
   * again gets no more.
   */
  private boolean firesByTheClock() {
    awaited.fireDue();
    return bundle.isOpen();
  }

  /**
   * The watermark of what still comes in at the head. Ends the open bundle first. When the chain
   * was told to drain before, it is the drain that the end of time comes from.
   */
  public void advanceWatermark(long millis) {
    inputWatermark.set(millis);
    finishBundle();
    if (draining && millis >= BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis()) {
      ofTime = Marks.DRAINED;
    }
    current.marks(ofTime);
    if (source != null) {
      source.watermark(millis);
    } else {
      positions.get(0).advance(millis);
    }
    finishBundle();
  }

  /** Fires what is due at {@code nowMillis} of processing time. */
  public void advanceProcessingTime(long nowMillis) {
    current.marks(ofTime);
    for (Position position : positions) {
      position.takeIn();
      position.operator().advanceProcessingTime(nowMillis);
    }
  }

  /**
   * When {@link #advanceProcessingTime} has something to do next; {@code Long.MAX_VALUE}: never.
   */
  public long nextProcessingTimeMillis() {
    long next = Long.MAX_VALUE;
    for (Position position : positions) {
      next = Math.min(next, position.operator().nextProcessingTimeMillis());
    }
    return next;
  }

  /** No more is read: operators bring what is under way to its end. May be told again. */
  public void drain() {
    draining = true;
    for (Position position : positions) {
      position.operator().drain();
    }
  }

  /** Lets operators try again what they had put aside. */
  public void retry() {
    current.marks(ofTime);
    for (Position position : positions) {
      position.takeIn();
      position.operator().retry();
    }
  }

  /**
   * The checkpoint that was taken last is committed: runs what waited for the end of bundles before
   * it.
   */
  public void checkpointCommitted() {
    current.marks(ofTime);
    bundle.checkpointCommitted();
  }

  /** Whether nothing can be emitted any more: every output watermark is at its end. */
  public boolean isDone() {
    if (bundle.isOpen()) {
      return false;
    }
    for (PositionOutputs each : outputs.values()) {
      if (each.watermark() < BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis()) {
        return false;
      }
    }
    return true;
  }

  /** The watermark of what comes in at the head, in event-time milliseconds. Any thread. */
  public long inputWatermarkMillis() {
    return inputWatermark.get();
  }

  /** The watermark of what each member of the chain emits, in the plan's order. Any thread. */
  public List<Long> memberWatermarks() {
    return outputs.values().stream().map(PositionOutputs::seenWatermark).toList();
  }

  /** The watermark of what leaves the chain; of all it emits where nothing does. Any thread. */
  public long outputWatermarkMillis() {
    boolean anyLeaves = outputs.values().stream().anyMatch(PositionOutputs::leaves);
    return outputs.values().stream()
        .filter(each -> each.leaves() || !anyLeaves)
        .mapToLong(PositionOutputs::seenWatermark)
        .min()
        .orElseThrow();
  }

  /** How much its operators have read themselves. Any thread. */
  public Consumed consumed() {
    return positions.stream()
        .map(position -> position.operator().consumed())
        .reduce(Consumed.NOTHING, Consumed::plus);
  }

  /** Closes every operator, whatever the others throw; the first failure is thrown at the end. */
  public void close() throws Exception {
    Exception first = null;
    for (Position position : positions) {
      try {
        position.giveUpSnapshot();
        position.operator().close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
