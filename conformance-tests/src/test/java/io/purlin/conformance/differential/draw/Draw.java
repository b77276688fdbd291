package io.purlin.conformance.differential.draw;

import io.purlin.conformance.differential.draw.Facts.Pace;
import io.purlin.conformance.differential.draw.Facts.Windows;
import io.purlin.conformance.differential.recipe.Input;
import io.purlin.conformance.differential.recipe.Moment;
import io.purlin.conformance.differential.recipe.Origin.Part;
import io.purlin.conformance.differential.recipe.Recipe;
import io.purlin.conformance.differential.recipe.Step;
import io.purlin.conformance.differential.step.Beside;
import io.purlin.conformance.differential.step.Grouping;
import io.purlin.conformance.differential.step.SideInput;
import io.purlin.conformance.differential.step.Stateful;
import io.purlin.conformance.differential.step.Stateless;
import io.purlin.conformance.differential.step.Windowing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Draws a pipeline and its input from a seed. Used by one thread. */
public final class Draw {
  private static final int MOST_STEPS = 5;
  private static final int MOST_MOMENTS = 24;
  private static final List<String> KEYS = List.of("a", "b", "c", "d");

  private final Random random;
  private final WindowDraw windows;

  /** Whether the input has something for a side input that is updated now and then. */
  private boolean updates;

  private Draw(long seed) {
    random = new Random(seed);
    windows = new WindowDraw(random);
  }

  /** The recipe of a seed; of the same seed always the same. */
  public static Recipe of(long seed) {
    Draw draw = new Draw(seed);
    // So that seeds next to each other have nothing in common.
    draw.random.nextLong();
    return draw.recipe();
  }

  private Recipe recipe() {
    boolean bounded = random.nextInt(6) == 0;
    boolean several = bounded || random.nextBoolean();
    // Of what comes together late the model leaves open how many panes there are.
    boolean late = !several && random.nextBoolean();
    boolean fine = !bounded && random.nextInt(4) == 0;
    long stepMillis = fine ? WindowDraw.SHORT_MILLIS : Input.AT_ONCE;
    updates = !bounded && random.nextInt(3) == 0;
    Manner manner = new Manner(several, late, fine, updates, true);
    Input input = new Input(bounded, stepMillis, moments(manner));
    List<Step> steps = new ArrayList<>();
    Pace pace = bounded ? Pace.JUMP : fine ? Pace.FINE : Pace.STEPS;
    Facts facts =
        new Facts(pace, several, late, Windows.GLOBAL, false, 0, false, false, false, false, false);
    int count = 2 + random.nextInt(MOST_STEPS - 1);
    if (facts.canFlatten() && random.nextInt(8) == 0) {
      Input other = other();
      steps.add(new Beside(other));
      facts = facts.flattened(other.bounded() ? Pace.JUMP : Pace.STEPS);
    }
    while (steps.size() < count) {
      facts = step(steps, facts);
    }
    return new Recipe(input, steps);
  }

  /**
   * What happens to an input.
   *
   * @param several whether elements come together
   * @param late whether some are behind the watermark
   * @param fine whether the watermark makes small steps
   * @param updates whether some elements update a side input
   * @param time whether processing time goes on
   */
  private record Manner(
      boolean several, boolean late, boolean fine, boolean updates, boolean time) {}

  /** Another input, of a step; all inputs have one processing time, which the first one moves. */
  private Input other() {
    Manner manner = new Manner(true, false, false, false, false);
    return new Input(random.nextBoolean(), Input.AT_ONCE, moments(manner));
  }

  private List<Moment> moments(Manner manner) {
    List<Moment> moments = new ArrayList<>();
    long watermark = 0;
    moments.add(new Moment.Watermark(watermark));
    int count = 6 + random.nextInt(MOST_MOMENTS - 6);
    if (manner.updates()) {
      // Who asks finds something from the start on.
      moments.add(update(watermark));
    }
    moments.add(elements(manner, watermark));
    while (moments.size() < count) {
      int dice = random.nextInt(10);
      if (dice < 2 && manner.updates()) {
        moments.add(update(watermark));
      } else if (dice < 6) {
        moments.add(elements(manner, watermark));
      } else if (dice < 9) {
        boolean far = !manner.fine() && random.nextInt(4) == 0;
        watermark += 1 + (far ? random.nextInt(60) : random.nextInt(12));
        moments.add(new Moment.Watermark(watermark));
      } else if (manner.time()) {
        moments.add(new Moment.Time(1 + random.nextInt(20)));
      }
    }
    return moments;
  }

  private Moment update(long watermark) {
    return new Moment.Update(
        new Moment.Element(pick(KEYS), random.nextInt(8), watermark + random.nextInt(30)));
  }

  private Moment elements(Manner manner, long watermark) {
    List<Moment.Element> elements = new ArrayList<>();
    int count = manner.several() ? 1 + random.nextInt(5) : 1;
    for (int i = 0; i < count; i++) {
      long before = manner.late() && random.nextInt(3) == 0 ? random.nextInt(40) : 0;
      long millis = Math.max(0, watermark + random.nextInt(30) - before);
      elements.add(new Moment.Element(pick(KEYS), random.nextInt(8), millis));
    }
    return new Moment.Elements(elements);
  }

  /** Adds a step whose results are determined. */
  private Facts step(List<Step> steps, Facts facts) {
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        return stateless(steps, facts);
      }
      case 2, 3 -> {
        return window(steps, facts);
      }
      case 4 -> {
        return stateful(steps, facts);
      }
      case 5 -> {
        return sideInput(steps, facts);
      }
      default -> {
        return group(steps, facts);
      }
    }
  }

  private Facts window(List<Step> steps, Facts facts) {
    if (facts.ending()) {
      return facts;
    }
    WindowDraw.Drawn drawn = windows.any(facts);
    steps.add(drawn.windowing());
    return drawn.behind(facts);
  }

  private Facts stateless(List<Step> steps, Facts facts) {
    Stateless step = pick(Arrays.asList(Stateless.values()));
    if (step == Stateless.REIFY && facts.several() && facts.counting()) {
      return facts;
    }
    // The second time, elements of one key come of one element.
    boolean again = step == Stateless.FORK && steps.contains(Stateless.FORK);
    steps.add(step);
    return again ? facts.multiplied() : facts;
  }

  private Facts group(List<Step> steps, Facts facts) {
    Facts now = facts;
    boolean never = now.windows() == Windows.GLOBAL && !now.counting() && now.pace() != Pace.JUMP;
    if (never || !now.canGroup()) {
      now = window(steps, now);
    }
    if (!now.canGroup()) {
      return now;
    }
    Grouping grouping = pick(Arrays.asList(Grouping.values()));
    // These bring elements of one key together that come at once.
    boolean together = grouping == Grouping.JOIN || grouping == Grouping.ALL;
    if (together && (now.counting() || (now.late() && now.lateness()))) {
      grouping = Grouping.SUM;
    }
    // This parts them by chance, and has late panes of each part, and sessions of each.
    boolean parted = now.counting() || now.lateness() || now.windows() == Windows.MERGING;
    if (grouping == Grouping.HOT_MAX && parted) {
      grouping = Grouping.COUNT;
    }
    steps.add(grouping);
    return now.grouped();
  }

  private Facts stateful(List<Step> steps, Facts facts) {
    Facts now = facts;
    Stateful stateful = pick(Arrays.asList(Stateful.values()));
    if (!now.canKeepState(stateful)) {
      now = window(steps, now);
    }
    if (now.canKeepState(stateful)) {
      steps.add(stateful);
      now = now.kept(stateful);
    }
    return now;
  }

  private Facts sideInput(List<Step> steps, Facts facts) {
    boolean forEver = random.nextBoolean();
    if (updates && facts.canAskUpdates(forEver)) {
      return updated(steps, facts, forEver);
    }
    Facts now = facts.canAsk() ? facts : window(steps, facts);
    if (!now.canAsk()) {
      return now;
    }
    if (updates && now.canAskUpdates(false)) {
      return updated(steps, now, false);
    }
    SideInput.Kind kind = pick(Arrays.asList(SideInput.Kind.values()));
    Windowing windowing = windows.ofSideInput();
    Input other = other();
    boolean there = other.bounded() && now.pace() != Pace.JUMP;
    if (now.canAskOther(there) && random.nextInt(3) == 0) {
      steps.add(new SideInput(kind, other, windowing));
      return there ? now.together() : now.togetherByOther();
    }
    steps.add(new SideInput(kind, Part.SOURCE, windowing));
    return now.together();
  }

  private Facts updated(List<Step> steps, Facts facts, boolean forEver) {
    SideInput.Kind kind = pick(Arrays.asList(SideInput.Kind.values()));
    boolean accumulates = kind.isOfMany() && random.nextBoolean();
    Windowing windowing = windows.ofUpdates(forEver, accumulates);
    steps.add(new SideInput(kind, Part.UPDATES, windowing));
    return forEver ? facts : facts.togetherByUpdates();
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
