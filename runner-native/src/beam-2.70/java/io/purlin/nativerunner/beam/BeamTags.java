package io.purlin.nativerunner.beam;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.runners.core.StateTag;

/** Whose a state is. Stateless. */
public final class BeamTags {
  private static final char SYSTEM = 's';

  private BeamTags() {}

  /**
   * Whether a state is the runner's own, and not user code's. A tag tells by the first letter that
   * it writes, and by nothing else.
   */
  public static boolean isSystem(StateTag<?> tag) {
    FirstLetter first = new FirstLetter();
    try {
      tag.appendTo(first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return first.letter == SYSTEM;
  }

  /** Keeps the first letter of what is written. */
  private static final class FirstLetter implements Appendable {
    private char letter;

    @Override
    public Appendable append(CharSequence text) {
      return text.isEmpty() ? this : append(text.charAt(0));
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) {
      return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) {
      letter = letter == 0 ? c : letter;
      return this;
    }
  }
}
