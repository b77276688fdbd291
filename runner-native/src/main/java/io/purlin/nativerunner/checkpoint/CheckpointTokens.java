package io.purlin.nativerunner.checkpoint;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Makes the random half of a checkpoint's identity: 32 hexadecimal digits. One for all threads;
 * lives as long as the job.
 */
public final class CheckpointTokens implements Supplier<String> {
  private static final int BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
