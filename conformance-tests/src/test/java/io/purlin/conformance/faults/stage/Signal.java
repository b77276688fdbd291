package io.purlin.conformance.faults.stage;

import java.io.IOException;

/** What a process can be sent. */
public enum Signal {
  /** Ends it at once. */
  KILL,
  /** Holds it. */
  STOP,
  /** Lets it go on. */
  CONT,
  /** Asks it to end. */
  TERM;

  /** Sends it to one process, which the caller has started. */
  public void send(long pid) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("signal " + name() + " cannot be sent to " + pid);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    }
  }
}
