package io.purlin.nativerunner.invoke;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ProcessFunction;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature.Parameter;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.jspecify.annotations.Nullable;

/**
 * Sees through the DoFns of {@code MapElements}, {@code FlatMapElements} and {@code Filter}: one
 * SDK class stands for all their uses, so that calling it would never be inlined, but the user's
 * function that it holds is.
 *
 * <p>The function is a private matter of the SDK. Where it is not found as expected, the DoFn is
 * called as it is.
 */
final class SdkFunctions {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodHandle APPLY =
      find(ProcessFunction.class, "apply", MethodType.methodType(Object.class, Object.class));
  // (OutputReceiver, Object)void
  private static final MethodHandle OUTPUT =
      find(OutputReceiver.class, "output", MethodType.methodType(void.class, Object.class));
  private static final MethodHandle OUTPUT_ALL = outputAllHandle();

  private SdkFunctions() {}

  /** What the DoFn does, of type {@link DirectCall#TYPE}; null when it is another. */
  static @Nullable MethodHandle handle(DoFn<?, ?> fn) {
    Class<?> outer = fn.getClass().getEnclosingClass();
    if (outer == MapElements.class && isPlain(fn)) {
      ProcessFunction<?, ?> function = function(fn, "outer", MapElements.class, "fn");
      return function == null ? null : into(OUTPUT, APPLY.bindTo(function));
    } else if (outer == FlatMapElements.class && isPlain(fn)) {
      ProcessFunction<?, ?> function = function(fn, "outer", FlatMapElements.class, "fn");
      return function == null ? null : into(OUTPUT_ALL, APPLY.bindTo(function));
    } else if (outer == Filter.class && isPlain(fn)) {
      ProcessFunction<?, ?> function = function(fn, "this$0", Filter.class, "predicate");
      return function == null ? null : when(APPLY.bindTo(function));
    }
    return null;
  }

  /** Whether the DoFn takes an element and a receiver: other variants use more than a function. */
  private static boolean isPlain(DoFn<?, ?> fn) {
    List<Parameter> parameters =
        DoFnSignatures.getSignature(fn.getClass()).processElement().extraParameters();
    return parameters.size() == 2
        && parameters.get(0) instanceof Parameter.ElementParameter
        && parameters.get(1) instanceof Parameter.OutputReceiverParameter;
  }

  private static @Nullable ProcessFunction<?, ?> function(
      DoFn<?, ?> fn, String outerField, Class<?> outer, String functionField) {
    Object transform = read(fn, fn.getClass(), outerField);
    if (!outer.isInstance(transform)) {
      transform = read(fn, fn.getClass().getSuperclass(), outerField);
    }
    return outer.isInstance(transform)
            && read(transform, outer, functionField) instanceof ProcessFunction<?, ?> function
        ? function
        : null;
  }

  private static @Nullable Object read(Object owner, Class<?> declaring, String name) {
    try {
      Field field = declaring.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null; // another version of the SDK, or a closed module
    }
  }

  private static MethodHandle into(MethodHandle output, MethodHandle function) {
    MethodType taken = function.type().changeReturnType(output.type().parameterType(1));
    return MethodHandles.permuteArguments(
        MethodHandles.collectArguments(output, 1, function.asType(taken)), DirectCall.TYPE, 1, 0);
  }

  private static MethodHandle when(MethodHandle predicate) {
    MethodHandle output = MethodHandles.permuteArguments(OUTPUT, DirectCall.TYPE, 1, 0);
    return MethodHandles.guardWithTest(
        predicate.asType(MethodType.methodType(boolean.class, Object.class)),
        output,
        MethodHandles.empty(DirectCall.TYPE));
  }

  static void outputAll(OutputReceiver<Object> receiver, Iterable<?> values) {
    for (Object value : values) {
      receiver.output(value);
    }
  }

  private static MethodHandle find(Class<?> owner, String name, MethodType type) {
    try {
      return LOOKUP.findVirtual(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle outputAllHandle() {
    try {
      return LOOKUP.findStatic(
          SdkFunctions.class,
          "outputAll",
          MethodType.methodType(void.class, OutputReceiver.class, Iterable.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
