package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.sdk.ChainingHints;
import io.purlin.sdk.NativePipelineOptions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.jspecify.annotations.Nullable;

/** What options and resource hints say about chaining a step. Immutable. */
final class ChainHints {
  private final List<Pattern> startNewChain;
  private final List<Pattern> disableChaining;

  ChainHints(NativePipelineOptions options) {
    startNewChain = patterns(options.getStartNewChainAt());
    disableChaining = patterns(options.getDisableChainingFor());
  }

  private static List<Pattern> patterns(@Nullable List<String> globs) {
    return globs == null ? List.of() : globs.stream().map(ChainHints::pattern).toList();
  }

  /** A name matches as a whole; a star stands for any characters. */
  private static Pattern pattern(String glob) {
    return Pattern.compile(
        List.of(glob.split("\\*", -1)).stream()
            .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
            .collect(Collectors.joining(".*")));
  }

  ChainHint of(AppliedPTransform<?, ?, ?> application) {
    String name = application.getFullName();
    if (matches(disableChaining, name)
        || ChainingHints.asksForNoChaining(application.getResourceHints())) {
      return ChainHint.NEVER;
    }
    if (matches(startNewChain, name)
        || ChainingHints.asksForNewChain(application.getResourceHints())) {
      return ChainHint.START_NEW_CHAIN;
    }
    return ChainHint.NONE;
  }

  private static boolean matches(List<Pattern> patterns, String name) {
    return patterns.stream().anyMatch(p -> p.matcher(name).matches());
  }
}
