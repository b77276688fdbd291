/**
 * The status page in a real browser: {@link io.purlin.nativerunner.web.page.StatusPageTest} says
 * what is seen there, {@link io.purlin.nativerunner.web.page.Chromium} and {@link
 * io.purlin.nativerunner.web.page.DevTools} drive it.
 */
@NullMarked
package io.purlin.nativerunner.web.page;

import org.jspecify.annotations.NullMarked;
