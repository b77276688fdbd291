package io.purlin.pipelines;

import io.purlin.pipelines.job.UserError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** A program of the user's with a main method, which builds and runs its pipeline itself. */
final class UserProgram {
  private final String name;
  private final Method main;

  /**
   * Finds the program.
   *
   * @throws UserError when there is no such class, or it has no main method
   */
  UserProgram(String name) {
    this.name = name;
    try {
      this.main =
          Class.forName(name, true, Thread.currentThread().getContextClassLoader())
              .getMethod("main", String[].class);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new UserError(
          "--class="
              + name
              + ": there is no such class on the class path. PURLIN_CLASSPATH adds jars to it.",
          e);
    } catch (NoSuchMethodException e) {
      throw noMain(e);
    }
    if (!Modifier.isStatic(main.getModifiers())) {
      throw noMain(new NoSuchMethodException("main is not static"));
    }
    // The class itself need not be public.
    main.setAccessible(true);
  }

  private UserError noMain(NoSuchMethodException why) {
    return new UserError(
        "--class=" + name + ": it has no public static void main(String[] args).", why);
  }

  /**
   * Calls the main method and returns when it does. Threads it has started may go on.
   *
   * @throws Exception what it has thrown
   */
  void run(List<String> arguments) throws Exception {
    try {
      main.invoke(null, (Object) arguments.toArray(String[]::new));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Whether a failure is Beam's refusal of an option. */
  static boolean isAboutOptions(Throwable failure) {
    return failure instanceof IllegalArgumentException
        && Arrays.stream(failure.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(PipelineOptionsFactory.class.getName()));
  }
}
