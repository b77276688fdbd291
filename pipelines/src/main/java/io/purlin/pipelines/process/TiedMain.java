package io.purlin.pipelines.process;

import java.io.IOException;
import java.util.Arrays;

/**
 * What runs in a process of another program: that program, ended when the process that started it
 * is gone.
 *
 * <p>The parent keeps our standard input open and never writes to it. However the parent ends, even
 * killed, the operating system closes the pipe: the end of input is the sign to stop, so that no
 * process is left behind. It needs no other class of ours.
 */
final class TiedMain {
  private TiedMain() {}

  /** Runs the program named first with the arguments that follow. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch = new Thread(TiedMain::haltAtEndOfInput, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }

  private static void haltAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever written; only the end matters.
      }
    } catch (IOException e) {
      // A broken pipe says the same as its end.
    }
    Runtime.getRuntime().halt(1);
  }
}
