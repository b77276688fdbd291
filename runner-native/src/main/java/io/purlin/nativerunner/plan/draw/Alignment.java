package io.purlin.nativerunner.plan.draw;

/**
 * Puts things on a line, in their order and apart from each other, as near as can be to where each
 * would like to be: the sum of the squared distances is the least there is. Neighbours that want
 * the same place form a block, which lies where its members want to be on average.
 */
final class Alignment {
  private Alignment() {}

  /**
   * Places the centres.
   *
   * @param wanted where each centre would like to be
   * @param widths the width of each, with the room it keeps
   */
  static double[] place(double[] wanted, double[] widths) {
    int n = wanted.length;
    double[] offset = new double[n];
    for (int i = 1; i < n; i++) {
      offset[i] = offset[i - 1] + (widths[i - 1] + widths[i]) / 2;
    }
    double[] sum = new double[n];
    int[] size = new int[n];
    int blocks = 0;
    for (int i = 0; i < n; i++) {
      sum[blocks] = wanted[i] - offset[i];
      size[blocks] = 1;
      blocks++;
      while (blocks > 1
          && sum[blocks - 2] / size[blocks - 2] >= sum[blocks - 1] / size[blocks - 1]) {
        sum[blocks - 2] += sum[blocks - 1];
        size[blocks - 2] += size[blocks - 1];
        blocks--;
      }
    }
    double[] placed = new double[n];
    int next = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < size[block]; i++) {
        placed[next] = sum[block] / size[block] + offset[next];
        next++;
      }
    }
    return placed;
  }
}
