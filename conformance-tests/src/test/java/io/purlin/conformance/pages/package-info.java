/**
 * Pages for users that speak of what stands in the sources: that they say it as it is there.
 *
 * <p>In come a page and the sources of every module; out comes what the page says that they do not,
 * and what it leaves out.
 */
@NullMarked
package io.purlin.conformance.pages;

import org.jspecify.annotations.NullMarked;
