package io.purlin.benchmarks.ready;

import io.purlin.benchmarks.side.Tally;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * An input in which users sign up, each once, and then click, some of them much more often than
 * others: what is joined is a click and the profile that its user has signed up with. All profiles
 * together are five times as large as the memory that keeps them ({@code StateFolder}).
 *
 * <p>Readers that take every second, fourth or eighth element each have a user's clicks behind his
 * signing up.
 */
public final class Profiles {
  /** As many as there are in a large input: with their bytes 1280 MiB. */
  private static final int MOST_USERS = 1 << 20;

  private static final int BYTES = 1280;

  /** Of readers that take turns. */
  private static final int MOST_READERS = 8;

  /** Odd, so that it is a permutation of a power of two. */
  private static final int SPREAD = 0x9E3779B1;

  private static final int CLICKS_A_MILLISECOND = 100;
  private static final long SIGNS_UP = -1;

  private Profiles() {}

  /** Elements by number: at most half of them sign up. */
  static IntFunction<Click> elements(int size) {
    int users = Math.max(MOST_READERS, Math.min(MOST_USERS, Integer.highestOneBit(size / 2)));
    SplittableRandom random = new SplittableRandom(1);
    return i ->
        i < users
            ? new Click(i, SIGNS_UP)
            : new Click(user(random, users, i), (i - users) / CLICKS_A_MILLISECOND);
  }

  /** Zipf's distribution with exponent 1, by its inverse in the continuous case. */
  private static int user(SplittableRandom random, int users, int element) {
    int rank = (int) Math.pow(users, random.nextDouble());
    int user = (rank * SPREAD) & (users - 1);
    return user - user % MOST_READERS + element % MOST_READERS;
  }

  /** Whether a user signs up; else he clicks. */
  public static boolean signsUp(long millis) {
    return millis == SIGNS_UP;
  }

  /** The profile that a user signs up with: bytes that do not compress. */
  public static byte[] of(long user) {
    byte[] profile = new byte[BYTES];
    new SplittableRandom(user).nextBytes(profile);
    return profile;
  }

  /** What a click and a profile add to the hash. */
  public static long hash(long user, long millis, byte[] profile) {
    return Tally.mix(
        31 * (31 * user + millis) + ByteBuffer.wrap(profile).getLong(BYTES - Long.BYTES));
  }
}
