package io.purlin.nativerunner.operator.pardo;

import io.purlin.sdk.NativePipelineOptions;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.display.DisplayData;

/**
 * What of user code is checked as it runs.
 *
 * <p>The options' defaults are those of another runner: only what was given counts, which their
 * display data tell.
 *
 * @param immutability that no element is changed
 * @param encodability that every element can be encoded and decoded
 */
public record Checks(boolean immutability, boolean encodability) {
  /** The checks that were asked for. */
  public static Checks of(PipelineOptions options) {
    NativePipelineOptions all = options.as(NativePipelineOptions.class);
    Set<String> given =
        DisplayData.from(options).items().stream()
            .map(DisplayData.Item::getKey)
            .collect(Collectors.toSet());
    return new Checks(
        all.isEnforceImmutability() && given.contains("enforceImmutability"),
        all.isEnforceEncodability() && given.contains("enforceEncodability"));
  }
}
