package io.purlin.sdk;

import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHint;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;
import org.jspecify.annotations.Nullable;

/**
 * Resource hints by which a pipeline says where chains end, to be given to {@code
 * PTransform.setResourceHints}. Other runners ignore them.
 */
public final class ChainingHints {
  /** The URN of both hints. */
  public static final String URN = "beam:resources:purlin_chaining:v1";

  private static final ResourceHint START = new Hint("start-new-chain");
  private static final ResourceHint NEVER = new Hint("never");

  private ChainingHints() {}

  /** The step is not chained to what comes before it. */
  public static ResourceHints startNewChain() {
    return ResourceHints.create().withHint(URN, START);
  }

  /** The step is chained to nothing. */
  public static ResourceHints disableChaining() {
    return ResourceHints.create().withHint(URN, NEVER);
  }

  /** Whether the hints ask for a new chain. */
  public static boolean asksForNewChain(ResourceHints hints) {
    return START.equals(hints.hints().get(URN));
  }

  /** Whether the hints ask for no chaining at all. */
  public static boolean asksForNoChaining(ResourceHints hints) {
    return NEVER.equals(hints.hints().get(URN));
  }

  /** A hint that is its name. */
  private static final class Hint extends ResourceHint {
    private final String name;

    Hint(String name) {
      this.name = name;
    }

    @Override
    public byte[] toBytes() {
      return name.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Hint hint && hint.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }
}
