/**
 * The rules of the code's shape, checked on the compiled classes of every module.
 *
 * <p>In come class files, out comes one test per rule. A rule about a package that does not exist
 * yet holds and becomes active with the package's first class.
 */
@NullMarked
package io.purlin.conformance.architecture;

import org.jspecify.annotations.NullMarked;
