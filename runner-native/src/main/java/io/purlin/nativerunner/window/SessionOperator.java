package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.window.pane.CellFiring;
import io.purlin.nativerunner.window.pane.CellTrigger;
import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.nativerunner.window.pane.OpenWindow;
import io.purlin.nativerunner.window.pane.OperatorTime;
import io.purlin.nativerunner.window.pane.TriggerShape;
import io.purlin.state.LiveTable;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.TableSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * GroupByKey and Combine.perKey for session windows and the common triggers without processing
 * time. Its panes are those of {@link GeneralGroupingOperator}.
 *
 * <p>Owned by the task's thread. One probe per element finds the key's sessions. Each session has
 * one timer in the queue, at or before the next time at which something happens to it: a session
 * that has grown is queued again when its old time comes. Output watermark = max(previous,
 * min(input watermark, holds of the panes that have not fired)).
 */
public final class SessionOperator implements Operator {
  private final OperatorContext context;
  private final CurrentElement current;
  private final OperatorTime time;
  private final Lateness lateness;
  private final CellFiring firing;
  private final LiveTable<BoundedWindow, SessionsOfKey> table;
  private final PriorityQueue<SessionTimer> timers =
      new PriorityQueue<>(Comparator.comparingLong(SessionTimer::millis));

  /** Something may have to be done with a session once the watermark has passed a time. */
  private record SessionTimer(long millis, Session session) {}

  /**
   * @param spec what is grouped, and how
   * @param shape its trigger
   * @param context where the operator stands
   */
  SessionOperator(GroupingSpec spec, TriggerShape shape, OperatorContext context) {
    this.context = context;
    this.current = context.current();
    this.time = new OperatorTime(spec.stepName());
    this.lateness = new Lateness(spec.strategy());
    Contents contents = spec.contents(context.memory());
    this.firing =
        new CellFiring(
            spec.strategy(),
            contents,
            new CellTrigger(shape, true, time, context.clock()),
            time,
            context);
    this.table = new LiveTable<>(tableSpec(spec, contents, lateness, context.maxParallelism()));
  }

  private static TableSpec<BoundedWindow, SessionsOfKey> tableSpec(
      GroupingSpec spec, Contents contents, Lateness lateness, int maxParallelism) {
    return new TableSpec<>(
        spec.stepName() + "/sessions",
        spec.keyCoder(),
        GlobalWindow.Coder.INSTANCE,
        maxParallelism,
        new SessionsType(spec, contents, lateness));
  }

  @Override
  public void open() {
    firing.open();
  }

  @Override
  public void startBundle() {}

  @Override
  public void receive(@Nullable Object value) {
    if (!(value instanceof KV<?, ?> element)) {
      throw new IllegalStateException(context.stepName() + " groups pairs but was given " + value);
    }
    current.step(context.step());
    long timestamp = current.timestampMillis();
    for (BoundedWindow window : current.windows()) {
      if (lateness.drops(window, time.input())) {
        continue;
      }
      SessionsOfKey sessions = table.cell(GlobalWindow.INSTANCE, element.getKey());
      sessions.touch();
      Session session = sessionFor(sessions, (IntervalWindow) window);
      if (session == null) {
        firing.drop();
        sessions.removeIfEmpty();
      } else {
        add(session, element.getValue(), timestamp);
      }
    }
  }

  /** The session that an element of the window belongs to; null if that one is closed. */
  private @Nullable Session sessionFor(SessionsOfKey sessions, IntervalWindow window) {
    List<Session> overlapping = sessions.overlapping(window);
    if (overlapping.isEmpty()) {
      return sessions.closedAt(window) != null ? null : start(sessions, window);
    }
    Session into = overlapping.get(0);
    if (overlapping.size() == 1 && into.interval().equals(window)) {
      return into;
    }
    return merge(sessions, overlapping, window);
  }

  private Session start(SessionsOfKey sessions, IntervalWindow window) {
    Session session = new Session(sessions, new OpenWindow(window, lateness.expiryMillis(window)));
    sessions.add(session);
    return session;
  }

  private Session merge(SessionsOfKey sessions, List<Session> overlapping, IntervalWindow window) {
    IntervalWindow union = window;
    List<OpenWindow> before = new ArrayList<>(overlapping.size());
    for (Session each : overlapping) {
      union = union.span(each.interval());
      before.add(each.open);
    }
    Session into = overlapping.get(0);
    boolean grows = !into.interval().equals(union);
    if (grows) {
      Session closed = sessions.closedAt(union);
      if (closed != null) {
        sessions.remove(closed);
      }
      into.open = new OpenWindow(union, lateness.expiryMillis(union));
      into.awaitsEnd = false;
      into.forgetPanes();
    }
    firing.merge(overlapping, before, into, into.open);
    for (Session each : overlapping) {
      if (each != into) {
        sessions.remove(each);
      }
    }
    return into;
  }

  private void add(Session session, @Nullable Object value, long timestamp) {
    if (firing.trigger().firesAtEndOfWindow() && session.open.maxMillis >= time.input()) {
      session.awaitsEnd = true;
    }
    firing.add(session, session.open, value, timestamp);
    settle(session);
    queue(session);
  }

  /** Sees to it that the session's timer does not come too late; it may come too early. */
  private void queue(Session session) {
    long next = session.awaitsEnd ? session.open.maxMillis : session.open.expiryMillis;
    if (next < session.queuedMillis) {
      session.queuedMillis = next;
      timers.add(new SessionTimer(next, session));
    }
  }

  /** After something may have fired. */
  private static void settle(Session session) {
    if (session.isClosed() && !session.gone) {
      session.awaitsEnd = false;
      session.siblings.close(session);
    }
  }

  @Override
  public void finishBundle() {}

  @Override
  public void advanceWatermark(long inputMillis) {
    time.advanceInput(inputMillis);
    for (SessionTimer timer = timers.peek();
        timer != null && timer.millis() < time.input();
        timer = timers.peek()) {
      timers.remove();
      Session session = timer.session();
      if (!session.gone && session.queuedMillis == timer.millis()) {
        session.queuedMillis = Long.MAX_VALUE;
        fire(session);
      }
    }
    time.advanceOutput(firing.holds().minMillis());
    context.outputs().watermark(time.output());
  }

  private void fire(Session session) {
    boolean expires = session.open.expiryMillis < time.input();
    boolean ends = session.awaitsEnd && session.open.maxMillis < time.input();
    if (expires || ends) {
      context.bundle().begin();
      current.step(context.step());
      session.siblings.touch();
    }
    if (expires) {
      firing.expire(session, session.open);
      session.siblings.remove(session);
      return;
    }
    if (ends) {
      session.awaitsEnd = false;
      firing.fireIfReady(session, session.open);
      settle(session);
    }
    queue(session);
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    time.snapshot(sink);
    table.writeTo(sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    if (source.part().name().equals(table.spec().name())) {
      table.readFrom(source);
      return true;
    }
    return time.restore(source);
  }

  @Override
  public void restored() {
    time.restored();
    table.forEach(
        sessions ->
            sessions.forEach(
                session -> {
                  firing.restore(session, session.open);
                  queue(session);
                }));
    firing.restored();
  }

  /** Whether nothing is kept of any key. */
  boolean isEmpty() {
    return table.cellCount() == 0 && timers.isEmpty();
  }

  @Override
  public void close() {}
}
