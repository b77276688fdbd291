package io.purlin.nativerunner.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerQueueTest {
  private static final class Alarm extends TimerQueue.Entry {
    private final int id;
    // What the model orders by.
    private long time;
    private long order;

    Alarm(int id) {
      this.id = id;
    }

    @Override
    public String toString() {
      return "alarm " + id + " at " + time;
    }
  }

  private final TimerQueue<Alarm> queue = new TimerQueue<>();

  @Test
  void anEmptyQueueHasNothingNext() {
    assertThat(queue.peek()).isNull();
    assertThat(queue.nextMillis()).isEqualTo(Long.MAX_VALUE);
    Alarm never = new Alarm(0);
    queue.cancel(never);
    assertThat(queue.size()).isZero();
  }

  @Test
  void sameTimeKeepsTheOrderOfScheduling() {
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      alarms.add(new Alarm(i));
      queue.schedule(alarms.get(i), 5);
    }
    queue.schedule(alarms.get(0), 5);
    alarms.add(alarms.remove(0));
    assertThat(drained()).isEqualTo(alarms);
  }

  @Test
  void anEntryKnowsWhetherItIsScheduled() {
    Alarm alarm = new Alarm(0);
    assertThat(alarm.isScheduled()).isFalse();
    queue.schedule(alarm, 7);
    assertThat(alarm.isScheduled()).isTrue();
    assertThat(alarm.timeMillis()).isEqualTo(7);
    queue.cancel(alarm);
    assertThat(alarm.isScheduled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomWorkEqualsASortedSet(long seed) {
    Random random = new Random(seed);
    TreeSet<Alarm> model =
        new TreeSet<>(Comparator.<Alarm>comparingLong(a -> a.time).thenComparingLong(a -> a.order));
    List<Alarm> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(new Alarm(i));
    }
    for (int step = 0; step < 30_000; step++) {
      Alarm alarm = all.get(random.nextInt(all.size()));
      int action = random.nextInt(10);
      if (action < 6) {
        long time = random.nextInt(100) - 50L;
        model.remove(alarm);
        alarm.time = time;
        alarm.order = step;
        model.add(alarm);
        queue.schedule(alarm, time);
      } else if (action < 8) {
        model.remove(alarm);
        queue.cancel(alarm);
      } else {
        Alarm first = model.pollFirst();
        assertThat(queue.peek()).isSameAs(first);
        if (first != null) {
          queue.cancel(first);
        }
      }
      assertThat(queue.size()).isEqualTo(model.size());
      assertThat(queue.nextMillis())
          .isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.first().time);
    }
    assertThat(drained()).isEqualTo(new ArrayList<>(model));
  }

  private List<Alarm> drained() {
    List<Alarm> drained = new ArrayList<>();
    for (Alarm next = queue.peek(); next != null; next = queue.peek()) {
      drained.add(next);
      queue.cancel(next);
    }
    return drained;
  }
}
