package io.purlin.benchmarks.ready;

/** What all sides of a comparison do. */
public enum Work {
  Q00(InputSpec.Kind.REPEATED_EVENTS),
  Q01(InputSpec.Kind.REPEATED_EVENTS),
  Q02(InputSpec.Kind.REPEATED_EVENTS),
  Q03(InputSpec.Kind.EVENTS),
  Q04(InputSpec.Kind.EVENTS),
  Q05(InputSpec.Kind.EVENTS),
  Q06(InputSpec.Kind.EVENTS),
  Q07(InputSpec.Kind.EVENTS),
  Q08(InputSpec.Kind.EVENTS),
  Q09(InputSpec.Kind.EVENTS),
  Q11(InputSpec.Kind.EVENTS),
  Q12(InputSpec.Kind.EVENTS),
  /** Clicks of each user in windows of 10 s. */
  KEYED_COUNT(InputSpec.Kind.CLICKS),
  /** The same with state in RocksDB and a checkpoint every 10 s. */
  KEYED_COUNT_ROCKSDB(InputSpec.Kind.CLICKS),
  /** The same when nine clicks in ten are of one user. */
  HOT_KEY(InputSpec.Kind.HOT_USER),
  /** Clicks of each user in windows of 60 s, one each second. */
  SLIDING_COUNT(InputSpec.Kind.FEWER_USERS),
  /** The group of the user of each click, out of a map of all users that is a side input. */
  MAP_SIDE_INPUT(InputSpec.Kind.CLICKS),
  /** The profile of the user of each click, out of state that is larger than its memory. */
  JOIN(InputSpec.Kind.PROFILES),
  /** How often each word is in a text. */
  WORD_COUNT(InputSpec.Kind.TEXT);

  private final InputSpec.Kind input;

  Work(InputSpec.Kind input) {
    this.input = input;
  }

  /** What it reads. */
  public InputSpec.Kind input() {
    return input;
  }

  /** Whether its input is bounded, by which a runner may choose how to run it. */
  public boolean bounded() {
    return input == InputSpec.Kind.TEXT;
  }

  /** What its elements are. */
  public String unit() {
    return input == InputSpec.Kind.TEXT ? "bytes" : "elements";
  }

  /** Whether its state outlives the process: in RocksDB, with checkpoints. */
  public boolean durable() {
    return this == KEYED_COUNT_ROCKSDB || this == JOIN;
  }

  /** The number of the Nexmark query; -1 for what is none. */
  public int query() {
    return switch (input) {
      case EVENTS, REPEATED_EVENTS -> Integer.parseInt(name().substring(1));
      default -> -1;
    };
  }
}
