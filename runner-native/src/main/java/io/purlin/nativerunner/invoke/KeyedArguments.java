package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.keyed.KeyedScope;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.state.State;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State cells and timers as parameters of a DoFn's methods, for the current key and window.
 *
 * <p>What a DoFn declares is looked up once. Owned by the task's thread.
 */
final class KeyedArguments {
  private final Map<String, StateTag<?>> states = new HashMap<>();
  private final Map<String, TimerSpec> timers = new HashMap<>();
  private final Coder<BoundedWindow> windowCoder;
  private final CurrentElement current;
  private final KeyedScope scope;
  private final UserTimer.Rules rules;
  private @Nullable BoundedWindow window;
  private @Nullable StateNamespace namespace;

  KeyedArguments(DoFnSpec spec, CurrentElement current, KeyedScope scope) {
    DoFnSignature signature = spec.signature();
    signature
        .stateDeclarations()
        .forEach((id, d) -> states.put(id, tag(id, (StateSpec<?>) value(d.field(), spec.fn()))));
    signature
        .timerDeclarations()
        .forEach((id, d) -> timers.put(id, (TimerSpec) value(d.field(), spec.fn())));
    signature
        .timerFamilyDeclarations()
        .forEach((id, d) -> timers.put(id, (TimerSpec) value(d.field(), spec.fn())));
    scope.declareUserStates(states.values());
    this.windowCoder = spec.windowCoder();
    this.current = current;
    this.scope = scope;
    this.rules =
        new UserTimer.Rules(
            new TimestampBounds(spec.fn()),
            spec.windowing().getAllowedLateness(),
            scope.timerInternals());
  }

  private static Object value(Field field, DoFn<?, ?> fn) {
    try {
      Object found = field.get(fn);
      if (found == null) {
        throw new IllegalArgumentException("the field " + field + " of a state or timer is null");
      }
      return found;
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("cannot read the declaration " + field, e);
    }
  }

  private static StateTag<?> tag(String id, StateSpec<?> spec) {
    return StateTags.tagForSpec(id, spec);
  }

  /** A state cell; {@code fetched}: its content will be read for certain. */
  State state(String id, boolean fetched) {
    StateTag<?> tag = states.get(id);
    if (tag == null) {
      throw new IllegalArgumentException("no state is declared as " + id);
    }
    State state = scope.stateInternals().state(namespace(), tag);
    return fetched ? (State) ((ReadableState<?>) state).readLater() : state;
  }

  Timer timer(String id) {
    return timer("", id, spec(id));
  }

  TimerMap timerFamily(String family) {
    TimerSpec spec = spec(family);
    Map<String, Timer> known = new HashMap<>();
    return new TimerMap() {
      @Override
      public void set(String id, Instant absoluteTime) {
        get(id).set(absoluteTime);
      }

      @Override
      public Timer get(String id) {
        return known.computeIfAbsent(id, i -> timer(family, i, spec));
      }
    };
  }

  private Timer timer(String family, String id, TimerSpec spec) {
    UserTimer.Identity identity =
        new UserTimer.Identity(namespace(), family, id, spec.getTimeDomain());
    return new UserTimer(identity, rules, OnlyWindow.of(current), current.timestampMillis());
  }

  private TimerSpec spec(String id) {
    TimerSpec spec = timers.get(id);
    if (spec == null) {
      throw new IllegalArgumentException("no timer is declared as " + id);
    }
    return spec;
  }

  @SuppressWarnings("ReferenceEquality") // a cache of the last: equal windows may be made anew
  private StateNamespace namespace() {
    BoundedWindow now = OnlyWindow.of(current);
    if (namespace == null || now != window) {
      window = now;
      namespace = StateNamespaces.window(windowCoder, now);
    }
    return namespace;
  }
}
