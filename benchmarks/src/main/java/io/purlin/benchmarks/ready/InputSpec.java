package io.purlin.benchmarks.ready;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.NexmarkUtils;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;

/**
 * Names an input, which is the same in each process.
 *
 * @param kind what it consists of
 * @param size number of elements, from 1; bytes of a text
 */
public record InputSpec(Kind kind, int size) implements Serializable {
  /** What an input consists of. */
  public enum Kind {
    /** Nexmark's events, of one generator with the suite's defaults. */
    EVENTS,
    /**
     * The first {@value #DISTINCT_EVENTS} of them over and over, each time with the same event
     * times: for what keeps nothing, which is too fast for as many events as a heap holds.
     */
    REPEATED_EVENTS,
    /** Clicks of 1,000,000 users, 100 in a millisecond. */
    CLICKS,
    /** Clicks of 100,000 users, 100 in a millisecond. */
    FEWER_USERS,
    /** Clicks of 1,000,000 users, 100 in a millisecond; nine in ten are of one user. */
    HOT_USER,
    /** Users, from 0, each with the group that he is in. */
    GROUPS,
    /** Users that sign up, and then click: {@link Profiles}. */
    PROFILES,
    /** Random records of {@value #RECORD_BYTES} bytes. */
    RECORDS,
    /** Files of words in lines, about as many bytes together. */
    TEXT
  }

  /** The groups of all users that click. */
  public static final InputSpec ALL_GROUPS = new InputSpec(Kind.GROUPS, 1_000_000);

  private static final int RECORD_BYTES = 40;

  private static final int DISTINCT_EVENTS = 2_000_000;

  private static final int CLICKS_A_MILLISECOND = 100;
  private static final Map<InputSpec, ReadyInput<?>> MADE = new ConcurrentHashMap<>();

  /** Makes the input if there is none yet, so that it exists before a clock starts. */
  public void prepare() {
    if (kind == Kind.TEXT) {
      TextFiles.of(size);
    } else {
      input();
    }
  }

  /** The folder with the files of a text, all of which are for one size. */
  public Path text() {
    if (kind != Kind.TEXT) {
      throw new IllegalStateException(kind + " are no text");
    }
    return TextFiles.of(size);
  }

  /** The input, which is made when it is asked for first, and kept. */
  public ReadyInput<?> input() {
    if (kind == Kind.REPEATED_EVENTS) {
      return new InputSpec(Kind.EVENTS, Math.min(size, DISTINCT_EVENTS)).input().repeated(size);
    }
    return MADE.computeIfAbsent(this, InputSpec::make);
  }

  /** Nexmark's events. */
  @SuppressWarnings("unchecked") // by its kind
  public ReadyInput<Event> events() {
    if (kind != Kind.EVENTS && kind != Kind.REPEATED_EVENTS) {
      throw new IllegalStateException(kind + " are no events");
    }
    return (ReadyInput<Event>) input();
  }

  /** Clicks of whichever kind. */
  @SuppressWarnings("unchecked") // by its kind
  public ReadyInput<Click> clicks() {
    return switch (kind) {
      case CLICKS, FEWER_USERS, HOT_USER, PROFILES -> (ReadyInput<Click>) input();
      default -> throw new IllegalStateException(kind + " are no clicks");
    };
  }

  /** Users and their groups. */
  @SuppressWarnings("unchecked") // by its kind
  public ReadyInput<KV<Long, Long>> groups() {
    if (kind != Kind.GROUPS) {
      throw new IllegalStateException(kind + " are no groups");
    }
    return (ReadyInput<KV<Long, Long>>) input();
  }

  private ReadyInput<?> make() {
    return switch (kind) {
      case EVENTS -> ReadyInput.of(Event.CODER, size, generated());
      case PROFILES ->
          ReadyInput.of(
              Click.CODER,
              size,
              IntStream.range(0, size).mapToObj(Profiles.elements(size)).iterator());
      case RECORDS -> records();
      case REPEATED_EVENTS, TEXT ->
          throw new IllegalStateException(kind + " have no bytes of their own");
      case CLICKS -> clicks(1_000_000, false);
      case FEWER_USERS -> clicks(100_000, false);
      case HOT_USER -> clicks(1_000_000, true);
      case GROUPS ->
          ReadyInput.of(
              KvCoder.of(VarLongCoder.of(), VarLongCoder.of()),
              size,
              LongStream.range(0, size).mapToObj(user -> KV.of(user, user % 1000)).iterator());
    };
  }

  private Iterator<Event> generated() {
    NexmarkConfiguration config = NexmarkConfiguration.DEFAULT.copy();
    config.numEvents = size;
    config.numEventGenerators = 1;
    Iterator<TimestampedValue<Event>> stamped = NexmarkUtils.standardEventIterator(config);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return stamped.hasNext();
      }

      @Override
      public Event next() {
        return stamped.next().getValue();
      }
    };
  }

  private ReadyInput<byte[]> records() {
    SplittableRandom random = new SplittableRandom(1);
    return ReadyInput.of(
        ByteArrayCoder.of(),
        size,
        IntStream.range(0, size)
            .mapToObj(
                i -> {
                  byte[] record = new byte[RECORD_BYTES];
                  random.nextBytes(record);
                  return record;
                })
            .iterator());
  }

  private ReadyInput<Click> clicks(int users, boolean hot) {
    SplittableRandom random = new SplittableRandom(1);
    return ReadyInput.of(
        Click.CODER,
        size,
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    new Click(
                        hot && random.nextInt(10) > 0 ? 0 : random.nextInt(users),
                        i / CLICKS_A_MILLISECOND))
            .iterator());
  }
}
