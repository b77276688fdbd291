package io.purlin.nativerunner.operator;

import org.apache.beam.sdk.coders.Coder;

/**
 * Makes the operators of one step that shards keys. The tasks of an attempt share whose turn it is.
 */
public final class ShardKeysFactory implements OperatorFactory {
  private final Coder<?> keyCoder;
  private final int shards;
  private final long turn;
  private final ShardTurns turns;

  /**
   * @param keyCoder of the keys
   * @param shards of each key, at least 1
   * @param turn how many elements in a row go to one shard, at least 1
   */
  public ShardKeysFactory(Coder<?> keyCoder, int shards, long turn) {
    this.keyCoder = keyCoder;
    this.shards = shards;
    this.turn = turn;
    this.turns = new ShardTurns(shards, turn);
  }

  @Override
  public ShardKeysFactory forAttempt() {
    return new ShardKeysFactory(keyCoder, shards, turn);
  }

  @Override
  public Operator create(OperatorContext context) {
    return new ShardKeysOperator(keyCoder, turns, context);
  }
}
