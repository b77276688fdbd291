package io.purlin.nativerunner.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.management.BadAttributeValueExpException;
import javax.management.openmbean.CompositeDataSupport;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

/** What is read back as a split, and what is not even looked at. */
class StoredSplitTest {
  /** A split that holds anything. */
  private record Holder(Object held) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private static Object back(Object held) {
    return StoredSplit.read(StoredSplit.write(new Holder(held)), Holder.class, "Read").held();
  }

  private static void assertRefused(Serializable split, String why) {
    assertThatThrownBy(() -> StoredSplit.read(StoredSplit.write(split), Holder.class, "Read"))
        .isInstanceOf(RefusedPositionException.class)
        .hasMessageStartingWith("the position of Read is not restored: ")
        .hasMessageContaining(why);
  }

  @Test
  void whatSourcesHoldIsReadBack() {
    SerializableFunction<Integer, Integer> next = n -> n + 1;
    List<Object> values =
        List.of(
            "text",
            List.of(1, 2L, new BigDecimal("3.5")),
            new HashMap<>(Map.of("sasl.mechanism", "PLAIN")),
            new ConcurrentHashMap<>(Map.of(1, 2)),
            EnumSet.of(TimeUnit.DAYS),
            URI.create("https://host/x"),
            Instant.EPOCH,
            TimeZone.getTimeZone("Europe/Paris"),
            Locale.ROOT,
            Duration.millis(3),
            KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()),
            Schema.builder().addStringField("a").addRowField("b", Schema.of()).build(),
            TypeDescriptors.strings());
    for (Object each : values) {
      assertThat(back(each)).as(each.getClass().getName()).isEqualTo(each);
    }
    assertThat(back(next)).isInstanceOfSatisfying(SerializableFunction.class, f -> {});
    assertThat(back(new long[50_000])).isEqualTo(new long[50_000]);
    List<String> nothing = new ArrayList<>(Collections.nCopies(40_000, null));
    assertThat(back(nothing)).isEqualTo(nothing);
  }

  @Test
  void ofTheJdkOnlyValuesAreRead() {
    assertRefused(
        new Holder(new BadAttributeValueExpException("x")),
        "it holds an object of javax.management.BadAttributeValueExpException, which no split has");
    assertRefused(
        new Holder(new CompositeDataSupport[3]), "javax.management.openmbean.CompositeDataSupport");
  }

  @Test
  void aProxyIsNotRead() {
    InvocationHandler handler = (InvocationHandler & Serializable) (proxy, method, given) -> null;
    Object proxy =
        Proxy.newProxyInstance(
            StoredSplitTest.class.getClassLoader(), new Class<?>[] {Comparable.class}, handler);
    assertRefused(new Holder(proxy), "$Proxy");
  }

  @Test
  void knownGadgetsAreNotRead() {
    assertRefused(
        new Holder(IntNode.valueOf(1)),
        "it holds an object of com.fasterxml.jackson.databind.node");
  }

  @Test
  void aCollectionIsNoSplit() {
    assertRefused(new HashSet<>(List.of(1)), "java.util.HashSet, which no split has");
    assertRefused(Instant.EPOCH, "java.time.Ser, which no split has");
    assertRefused(StringUtf8Coder.of(), "StringUtf8Coder is no Holder");
  }

  @Test
  void whatIsNestedTooDeepIsNotRead() {
    Object nested = "x";
    for (int i = 0; i < SplitFilter.MOST_DEPTH; i++) {
      nested = new Holder(nested);
    }
    assertRefused(new Holder(nested), "it is nested deeper than 100");
  }

  @Test
  void anArrayThatTheStreamHasNoBytesForIsNotMade() {
    byte[] stored = StoredSplit.write(new Holder(new long[] {1}));
    // Snappy leaves so short a stream as it is: the length is in it.
    int at = new String(stored, StandardCharsets.ISO_8859_1).indexOf("[J");
    assertThat(at).isPositive();
    int length = find(stored, at);
    stored[length] = 0x7F;
    assertThatThrownBy(() -> StoredSplit.read(stored, Holder.class, "Read"))
        .isInstanceOf(RefusedPositionException.class)
        .hasMessageContaining("it has an array of 2130706433 elements");
  }

  /** Where the length 1 of the array is, four bytes, the last of which is 1. */
  private static int find(byte[] stored, int from) {
    for (int at = from; at < stored.length - 4; at++) {
      if (stored[at - 1] == 0x70
          && stored[at] == 0
          && stored[at + 1] == 0
          && stored[at + 2] == 0
          && stored[at + 3] == 1) {
        return at;
      }
    }
    throw new AssertionError("there is no array of one");
  }

  @Test
  void whatIsNoStreamIsRefusedByName() {
    assertThatThrownBy(() -> StoredSplit.read(new byte[] {1, 2, 3}, Holder.class, "Read"))
        .isInstanceOf(RefusedPositionException.class)
        .hasMessageContaining("the position of Read is not restored");
  }
}
