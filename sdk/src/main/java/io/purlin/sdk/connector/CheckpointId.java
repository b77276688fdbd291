package io.purlin.sdk.connector;

/**
 * Which checkpoint: a number alone would not tell a copied directory or a second run from the
 * first.
 *
 * @param number counts up from 0 over the life of a job
 * @param token random text of 1 to 64 letters, digits and dashes, made anew for every checkpoint
 */
public record CheckpointId(long number, String token) {
  /** Checks the ranges. */
  public CheckpointId {
    if (number < 0) {
      throw new IllegalArgumentException("number " + number);
    }
    if (!token.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("token \"" + token + "\"");
    }
  }

  @Override
  public String toString() {
    return number + " (" + token + ")";
  }
}
