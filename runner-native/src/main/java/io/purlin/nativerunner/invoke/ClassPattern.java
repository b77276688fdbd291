package io.purlin.nativerunner.invoke;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/**
 * A class of this package of which hidden copies are made, one for each position of a chain. Code
 * that is copied is profiled and compiled for its position alone. Immutable.
 *
 * <p>The JVM unloads copies, with the job that their class data reaches, when nobody has them any
 * more. So a pattern must contain no lambda: its class would live as long as the class loader, and
 * keep the copy, which is its nest host.
 */
final class ClassPattern {
  static final ClassPattern STAGE = new ClassPattern(DirectStage.class);
  static final ClassPattern CONTEXT = new ClassPattern(ElementContext.class);

  private final byte[] code;

  private ClassPattern(Class<?> pattern) {
    try (InputStream in = pattern.getResourceAsStream(pattern.getSimpleName() + ".class")) {
      if (in == null) {
        throw new IllegalStateException("the code of " + pattern + " is not on the class path");
      }
      this.code = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An instance of a new copy.
   *
   * @param constant what the copy finds as its class data; null: nothing
   * @param arguments of the one constructor
   */
  Object instance(@Nullable Object constant, Object... arguments)
      throws ReflectiveOperationException {
    MethodHandles.Lookup here = MethodHandles.lookup();
    MethodHandles.Lookup copy =
        constant == null
            ? here.defineHiddenClass(code, true)
            : here.defineHiddenClassWithClassData(code, constant, true);
    Constructor<?> constructor = copy.lookupClass().getDeclaredConstructors()[0];
    return constructor.newInstance(arguments);
  }
}
