package io.purlin.conformance.validatesrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteRunTest {
  @TempDir Path folder;

  @Test
  void readsHowEachTestEnded() throws IOException {
    Files.writeString(
        folder.resolve("TEST-a.B.xml"),
        """
        <testsuite name="a.B">
          <testcase name="good" classname="a.B" time="1"/>
          <testcase name="bad" classname="a.B"><failure message="1 is
        not 2" type="java.lang.AssertionError">trace</failure></testcase>
          <testcase name="broken" classname="a.B"><error type="x.Y">trace</error></testcase>
          <testcase name="later" classname="a.B"><skipped/></testcase>
        </testsuite>
        """);
    Files.writeString(folder.resolve("a.B-output.txt"), "not a report");
    assertThat(SuiteRun.read(folder).outcomes())
        .hasSize(4)
        .containsEntry(new TestId("a.B", "good"), Outcome.PASSED)
        .containsEntry(new TestId("a.B", "bad"), Outcome.failed("AssertionError: 1 is not 2"))
        .containsEntry(new TestId("a.B", "broken"), Outcome.failed("Y: "))
        .containsEntry(new TestId("a.B", "later"), Outcome.SKIPPED);
  }

  @Test
  void aTestReportedTwiceHasFailedIfItFailedOnce() throws IOException {
    Files.writeString(
        folder.resolve("TEST-a.B.xml"),
        """
        <testsuite>
          <testcase name="t" classname="a.B"><error type="x.Y" message="m"/></testcase>
          <testcase name="t" classname="a.B"/>
        </testsuite>
        """);
    assertThat(SuiteRun.read(folder).outcomes())
        .containsEntry(new TestId("a.B", "t"), Outcome.failed("Y: m"));
  }

  @Test
  void aTornReportIsAnErrorAndAMissingFolderIsEmpty() throws IOException {
    assertThat(SuiteRun.read(folder.resolve("none")).outcomes()).isEmpty();
    Files.writeString(folder.resolve("TEST-a.B.xml"), "<testsuite><testcase");
    assertThatThrownBy(() -> SuiteRun.read(folder)).hasMessageContaining("TEST-a.B.xml");
  }
}
