package io.purlin.pipelines.job;

import java.util.List;

/**
 * What a finished run is judged to be.
 *
 * @param correct whether the outputs are what they should be
 * @param lines what to tell the user, one line each
 */
public record Summary(boolean correct, List<String> lines) {
  public Summary {
    lines = List.copyOf(lines);
  }
}
