package io.purlin.nativerunner.source;

import java.io.ObjectInputFilter;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be in the stream of a split. A split is a class of its author, so that there can be no
 * list of all that may be: of the JDK only values are let in, of other libraries all but those
 * classes that turn a stream into a call. Sizes are bounded by that of the stream.
 *
 * <p>For one stream and its thread.
 */
final class SplitFilter implements ObjectInputFilter {
  /** Sources nest by tens; what recurses further is made to take time or stack. */
  static final int MOST_DEPTH = 100;

  /** Each element of an array takes a byte, and Snappy makes of it one in twenty at best. */
  private static final long MOST_ELEMENTS_OF_A_BYTE = 32;

  private static final long ALWAYS_ALLOWED_ELEMENTS = 1024;

  private static final Set<String> PACKAGES_OF_VALUES =
      Set.of(
          "java.lang",
          "java.io",
          "java.math",
          "java.net",
          "java.sql",
          "java.text",
          "javax.crypto.spec",
          // A time zone is one of these.
          "sun.util.calendar");

  private static final List<String> TREES_OF_VALUES = List.of("java.time.", "java.util.");

  private static final Set<String> OTHER_VALUES =
      Set.of("java.lang.invoke.SerializedLambda", "java.security.KeyRep");

  /** Beginnings of the names of classes by which streams are known to be turned into calls. */
  static final List<String> GADGETS =
      List.of(
          "bsh.",
          "clojure.",
          "groovy.",
          "org.codehaus.groovy.",
          "org.apache.groovy.",
          "com.alibaba.fastjson",
          "com.caucho.",
          "com.fasterxml.jackson.databind.node.",
          "com.mchange.",
          "com.rometools.",
          "com.sun.syndication.",
          "com.vaadin.",
          "com.zaxxer.hikari.",
          "net.sf.json.",
          "org.apache.click.",
          "org.apache.commons.beanutils.",
          "org.apache.commons.collections.",
          "org.apache.commons.collections4.",
          "org.apache.commons.fileupload.",
          "org.apache.myfaces.",
          "org.apache.wicket.",
          "org.apache.xalan.",
          "org.apache.xbean.",
          "org.aspectj.",
          "org.hibernate.",
          "org.jboss.",
          "org.mozilla.javascript.",
          "org.python.",
          "org.springframework.",
          "scala.sys.process.",
          "ysoserial.");

  private final long mostElements;
  private @Nullable String refused;

  /**
   * @param streamBytes length of the stream as it is stored
   */
  SplitFilter(int streamBytes) {
    this.mostElements = ALWAYS_ALLOWED_ELEMENTS + streamBytes * MOST_ELEMENTS_OF_A_BYTE;
  }

  /** Why something was not let in; null when nothing was refused. */
  @Nullable String refused() {
    return refused;
  }

  @Override
  public Status checkInput(FilterInfo info) {
    if (refused == null) {
      refused = refusal(info);
    }
    return refused == null ? Status.ALLOWED : Status.REJECTED;
  }

  private @Nullable String refusal(FilterInfo info) {
    if (info.depth() > MOST_DEPTH) {
      return "it is nested deeper than " + MOST_DEPTH;
    }
    if (info.arrayLength() > mostElements) {
      return "it has an array of " + info.arrayLength() + " elements, more than it has bytes for";
    }
    Class<?> type = info.serialClass();
    while (type != null && type.isArray()) {
      type = type.getComponentType();
    }
    if (type == null || type.isPrimitive()) {
      return null;
    }
    boolean first = info.depth() == 1 && info.references() == 1;
    return (first && isOfJdk(type)) || !isValue(type)
        ? "it holds an object of " + type.getName() + ", which no split has"
        : null;
  }

  private static boolean isValue(Class<?> type) {
    String name = type.getName();
    if (Proxy.isProxyClass(type) || GADGETS.stream().anyMatch(name::startsWith)) {
      return false;
    }
    return !isOfJdk(type)
        || PACKAGES_OF_VALUES.contains(type.getPackageName())
        || OTHER_VALUES.contains(name)
        || TREES_OF_VALUES.stream().anyMatch(name::startsWith);
  }

  private static boolean isOfJdk(Class<?> type) {
    String module = type.getModule().getName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
