package io.purlin.conformance.budget;

/**
 * How large things may grow before they must be taken apart.
 *
 * @param fileLines lines of one file
 * @param methodLines lines of one method or constructor, from its signature to its brace
 * @param constructorParameters parameters of a constructor that is not a record's
 * @param imports import statements of one file
 * @param packageTypes files of one package
 */
record Budget(
    int fileLines, int methodLines, int constructorParameters, int imports, int packageTypes) {
  static final Budget MAIN = new Budget(400, 60, 6, 30, 20);

  /** Tests name many types and show whole pipelines. */
  static final Budget TESTS = new Budget(500, 90, 8, 50, 40);
}
