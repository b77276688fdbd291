package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.CurrentElement;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature.Parameter;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@code @ProcessElement} method with simple parameters into a handle of type (Object,
 * OutputReceiver)void: everything else that it asks for is bound or taken from the current element.
 */
final class DirectCall {
  static final MethodType TYPE =
      MethodType.methodType(void.class, Object.class, OutputReceiver.class);

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodHandle TIMESTAMP = own("timestamp", Instant.class);
  private static final MethodHandle WINDOW = own("window", BoundedWindow.class);
  private static final MethodHandle PANE = own("pane", PaneInfo.class);

  private final Reach reach;
  private final ElementHolder holder;

  /**
   * @param reach what the method may ask for
   * @param holder the context object that it is given if it asks for one
   */
  DirectCall(Reach reach, ElementHolder holder) {
    this.reach = reach;
    this.holder = holder;
  }

  /** Whether a method asks for the context object. */
  static boolean takesContext(DoFnSignature.ProcessElementMethod process) {
    return process.extraParameters().stream()
        .anyMatch(Parameter.ProcessContextParameter.class::isInstance);
  }

  /** The handle; null when the method asks for something rarer, or cannot be reached. */
  @Nullable MethodHandle handle(DoFnSignature.ProcessElementMethod process) {
    MethodHandle call = reach(process.targetMethod());
    if (call == null) {
      return null;
    }
    List<Parameter> parameters = process.extraParameters();
    List<Integer> order = new ArrayList<>();
    for (int i = parameters.size() - 1; i >= 0; i--) {
      Parameter parameter = parameters.get(i);
      if (parameter instanceof Parameter.ElementParameter) {
        order.add(0, 0);
      } else if (parameter instanceof Parameter.OutputReceiverParameter output) {
        if (output.isRowReceiver()) {
          return null;
        }
        order.add(0, 1);
      } else if (parameter instanceof Parameter.ProcessContextParameter) {
        call = MethodHandles.insertArguments(call, i, holder);
      } else {
        call = bind(call, i, parameter);
        if (call == null) {
          return null;
        }
      }
    }
    MethodHandle typed = withTypes(call, order);
    return takesContext(process) ? MethodHandles.foldArguments(typed, holding()) : typed;
  }

  private @Nullable MethodHandle reach(Method method) {
    try {
      MethodHandles.Lookup there =
          MethodHandles.privateLookupIn(method.getDeclaringClass(), LOOKUP);
      MethodHandle found = there.unreflect(method).bindTo(reach.fn());
      return found.asType(found.type().changeReturnType(void.class));
    } catch (IllegalAccessException e) {
      return null; // in a module that is closed to us: Beam finds its own way in
    }
  }

  /** Gives parameter {@code i} its value; null for a parameter that is not simple. */
  private @Nullable MethodHandle bind(MethodHandle call, int i, Parameter parameter) {
    if (parameter instanceof Parameter.TimestampParameter) {
      return MethodHandles.collectArguments(call, i, TIMESTAMP.bindTo(reach.context().current()));
    } else if (parameter instanceof Parameter.PaneInfoParameter) {
      return MethodHandles.collectArguments(call, i, PANE.bindTo(reach.context().current()));
    } else if (parameter instanceof Parameter.WindowParameter) {
      Class<?> type = call.type().parameterType(i);
      MethodHandle window = WINDOW.bindTo(reach.context().current());
      return MethodHandles.collectArguments(
          call, i, window.asType(window.type().changeReturnType(type)));
    } else if (parameter instanceof Parameter.PipelineOptionsParameter) {
      Class<?> type = call.type().parameterType(i);
      return type.isInstance(reach.context().options())
          ? MethodHandles.insertArguments(call, i, reach.context().options())
          : null;
    } else if (parameter instanceof Parameter.TaggedOutputReceiverParameter) {
      return MethodHandles.insertArguments(call, i, reach.receivers());
    }
    return null;
  }

  /** Takes the element and the receiver in the order in which the method does. */
  private static MethodHandle withTypes(MethodHandle call, List<Integer> order) {
    MethodType erased = MethodType.methodType(void.class);
    for (int each : order) {
      erased = erased.appendParameterTypes(TYPE.parameterType(each));
    }
    int[] positions = order.stream().mapToInt(Integer::intValue).toArray();
    return MethodHandles.permuteArguments(call.asType(erased), TYPE, positions);
  }

  private MethodHandle holding() {
    try {
      return LOOKUP
          .findVirtual(
              ElementHolder.class, "element", MethodType.methodType(void.class, Object.class))
          .bindTo(holder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle own(String name, Class<?> result) {
    try {
      return LOOKUP.findStatic(
          DirectCall.class, name, MethodType.methodType(result, CurrentElement.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static Instant timestamp(CurrentElement current) {
    return Instant.ofEpochMilli(current.timestampMillis());
  }

  static BoundedWindow window(CurrentElement current) {
    return OnlyWindow.of(current);
  }

  static PaneInfo pane(CurrentElement current) {
    return current.pane();
  }
}
