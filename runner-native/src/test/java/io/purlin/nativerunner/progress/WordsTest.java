package io.purlin.nativerunner.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0:00",
    "59999, 0:59",
    "3599000, 59:59",
    "3723000, 1:02:03",
    "93784000, 1d 02:03:04"
  })
  void durations(long millis, String text) {
    assertThat(Words.duration(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"-3, 0 ms", "45, 45 ms", "1999, 1.9 s", "59999, 59.9 s", "125000, 2:05"})
  void shortTimes(long millis, String text) {
    assertThat(Words.brief(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1258291, 1.2 MiB", "5368709120, 5.0 GiB"})
  void sizes(long bytes, String text) {
    assertThat(Words.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void rates() {
    assertThat(Words.rate(0)).isEqualTo("0");
    assertThat(Words.rate(0.34)).isEqualTo("0.3");
    assertThat(Words.rate(9.96)).isEqualTo("10");
    assertThat(Words.rate(1234567.8)).isEqualTo("1,234,568");
  }

  @Test
  void inATableTheyStayInTheirColumn() {
    assertThat(Words.compact(999_999.4)).isEqualTo("999,999");
    assertThat(Words.compact(12_345_678.0)).isEqualTo("12.3M");
    assertThat(Words.compact(4.2e9)).isEqualTo("4.2G");
    assertThat(Words.compact(86_399_999L)).isEqualTo("23:59:59");
    assertThat(Words.compact(12 * 86_400_000L)).isEqualTo("12d");
  }

  @Test
  void allIsDoneOnlyWhenAllIs() {
    assertThat(Words.percent(0.9999)).isEqualTo(99);
    assertThat(Words.percent(0.29)).isEqualTo(29);
    assertThat(Words.percent(1)).isEqualTo(100);
  }

  @Test
  void wideLettersTakeTwoColumns() {
    assertThat(Words.cut("日本語", 6)).isEqualTo("日本語");
    assertThat(Words.cut("日本語", 5)).isEqualTo("日..");
    assertThat(Words.padded("日本", 6)).isEqualTo("日本  ");
    assertThat(Words.padded("abcdef", 4)).isEqualTo("ab..");
  }
}
