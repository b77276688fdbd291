package io.purlin.nativerunner.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, by Host, Origin and token. */
class GuardTest {
  private static final String TOKEN = "a-token-of-many-characters";
  private static final Set<String> NAMES = Set.of("localhost", "0.0.0.0", "jobs.example");

  private final Guard open = new Guard(NAMES, null);
  private final Guard closed = new Guard(NAMES, TOKEN);

  private static int status(Guard guard, Headers headers, boolean needsToken) {
    Answer refusal = guard.refuse("GET", URI.create("/x"), headers, needsToken);
    return refusal == null ? 200 : refusal.status();
  }

  private static Headers headers(String... namesAndValues) {
    Headers headers = new Headers();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:8081",
        "127.0.0.1:8081",
        // A probe of Kubernetes calls a pod by its address.
        "10.1.2.3:8081",
        "[::1]:8081",
        "[fd00::12]",
        "jobs.example",
        "Jobs.Example:443"
      })
  void whoCallsByAnAddressOrANameOfOursIsLetIn(String host) {
    assertThat(status(open, headers("Host", host), true)).isEqualTo(200);
    assertThat(status(closed, headers("Host", host), false)).isEqualTo(200);
    Headers known = headers("Host", host, "Authorization", "Bearer " + TOKEN);
    assertThat(status(closed, known, true)).isEqualTo(200);
    assertThat(status(closed, headers("Host", host), true)).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "jobs.example.evil.example",
        "evil.jobs.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "localhost.",
        "[::1].evil.example",
        "[::1]evil",
        "127.0.0.1:8081:80",
        "127.0.0.1 evil",
        "0x7f000001",
        ":8081",
        ""
      })
  void whoCallsByAnotherNameIsNotWhateverHeKnows(String host) {
    assertThat(status(open, headers("Host", host), true)).isEqualTo(403);
    assertThat(status(closed, headers("Host", host), false)).as("page and health").isEqualTo(403);
    Headers known = headers("Host", host, "Authorization", "Bearer " + TOKEN);
    assertThat(status(closed, known, true)).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "http://jobs.example, 200",
    "https://JOBS.example, 200",
    "http://jobs.example:81, 403",
    "http://evil.example, 403",
    "http://localhost, 403",
    "null, 403",
    "'', 403"
  })
  void aPageOfAnotherSiteMayNotCall(String origin, int status) {
    Headers without = headers("Host", "jobs.example", "Origin", origin);
    assertThat(status(open, without, true)).isEqualTo(status);
    assertThat(status(closed, without, false)).isEqualTo(status);
    without.add("Authorization", "Bearer " + TOKEN);
    assertThat(status(closed, without, true)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer a-token-of-many-characters, 200",
    "bearer  a-token-of-many-characters , 200",
    "Bearer a-token-of-many-character, 401",
    "Bearer A-token-of-many-characters, 401",
    "Bearer, 401",
    "Basic a-token-of-many-characters, 401",
    "a-token-of-many-characters, 401"
  })
  void theTokenIsAllOrNothing(String authorization, int status) {
    Headers headers = headers("Host", "localhost", "Authorization", authorization);
    assertThat(status(closed, headers, true)).isEqualTo(status);
    assertThat(status(closed, headers, false)).isEqualTo(200);
    assertThat(status(open, headers, true)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"Host, jobs.example", "Origin, http://localhost"})
  void whatIsSaidTwiceIsNotBelieved(String header, String other) {
    Headers twice = headers("Host", "localhost", "Origin", "http://localhost");
    twice.put(header, List.of(String.valueOf(twice.getFirst(header)), other));
    assertThat(status(open, twice, true)).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
  void nothingIsChanged(String method) {
    assertThat(open.refuse(method, URI.create("/jobs"), headers("Host", "localhost"), true))
        .isNotNull()
        .extracting(Answer::status)
        .isEqualTo(405);
  }
}
