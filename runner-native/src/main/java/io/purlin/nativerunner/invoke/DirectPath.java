package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.Receiver;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The direct way to a user's method: a stage of its own class, and a context of its own class if
 * the method asks for one.
 *
 * @param stage what elements enter by
 * @param context what the method is given as its context
 */
record DirectPath(Stage stage, ElementHolder context) {

  /** The direct way; null when the DoFn asks for more than that can give. */
  static @Nullable DirectPath of(DoFnSpec spec, Reach reach, ElementHolder general) {
    if (reach.context().keyed() != null) {
      return null;
    }
    try {
      ElementHolder context =
          DirectCall.takesContext(spec.signature().processElement())
              ? (ElementHolder) ClassPattern.CONTEXT.instance(null, reach)
              : general;
      MethodHandle handle = SdkFunctions.handle(reach.fn());
      if (handle == null) {
        handle = new DirectCall(reach, context).handle(spec.signature().processElement());
      }
      if (handle == null) {
        return null;
      }
      InvokeContext place = reach.context();
      Object stage =
          ClassPattern.STAGE.instance(
              handle, place.current(), place.step(), reach.receivers().main());
      return new DirectPath((Stage) stage, context);
    } catch (ReflectiveOperationException | LinkageError e) {
      return null; // this JVM forbids it; the general way always works
    }
  }

  /** Says where the main output goes. */
  void wire(Receiver main) {
    stage.wire(main);
    context.wire(main);
  }
}
