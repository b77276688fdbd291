package io.purlin.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.conformance.differential.draw.Draw;
import io.purlin.conformance.differential.recipe.Input;
import io.purlin.conformance.differential.recipe.Moment;
import io.purlin.conformance.differential.recipe.Recipe;
import io.purlin.conformance.differential.step.Beside;
import io.purlin.conformance.differential.step.Grouping;
import io.purlin.conformance.differential.step.Stateless;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DifferentialTest {
  private static final int SEEDS = 20;

  @Test
  void pipelinesOfTheFirstSeedsMakeTheSame() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    int exit = new CommandLine(new Differential(printed)).execute("--seeds=" + SEEDS);
    assertThat(exit).as(out.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(SEEDS + " pipelines");
  }

  @Test
  void aSeedIsAlwaysTheSamePipeline() {
    assertThat(Draw.of(7).toString()).isEqualTo(Draw.of(7).toString());
    assertThat(Draw.of(7).toString()).isNotEqualTo(Draw.of(8).toString());
  }

  @Test
  void aDifferenceIsSeenAndMadeSmaller() {
    Moment one = new Moment.Elements(List.of(new Moment.Element("a", 1, 3)));
    Moment two =
        new Moment.Elements(List.of(new Moment.Element("b", 2, 4), new Moment.Element("c", 3, 5)));
    Recipe recipe =
        new Recipe(
            bounded(one, two, one),
            List.of(Stateless.ADD_ONE, new OfThisRun(), Grouping.SUM, Stateless.KEEP_EVEN));
    Setup setup = Setup.all().get(0);
    Trial trial = Trial.of(recipe, List.of(setup));
    assertThat(trial.differences()).isNotEmpty();
    assertThat(trial.wrong(Setup.all())).containsExactly(setup);
    Recipe smallest = Shrinking.shrink(trial, setup).recipe();
    assertThat(smallest.steps()).hasSize(1).first().isInstanceOf(OfThisRun.class);
    assertThat(smallest.input().moments()).hasSize(1);
  }

  @Test
  void whatAStepBringsAlongIsMadeSmaller() {
    Moment one =
        new Moment.Elements(List.of(new Moment.Element("a", 1, 3), new Moment.Element("b", 2, 4)));
    Recipe recipe =
        new Recipe(
            bounded(), List.of(new Beside(bounded(one, one)), Stateless.FORK, new OfThisRun()));
    Setup setup = Setup.all().get(0);
    Recipe smallest = Shrinking.shrink(Trial.of(recipe, List.of(setup)), setup).recipe();
    assertThat(smallest.steps()).hasSize(2);
    assertThat(smallest.steps().get(0))
        .isInstanceOfSatisfying(
            Beside.class,
            beside ->
                assertThat(beside.other().moments())
                    .singleElement()
                    .isInstanceOfSatisfying(
                        Moment.Elements.class, each -> assertThat(each.elements()).hasSize(1)));
  }

  private static Input bounded(Moment... moments) {
    return new Input(true, Input.AT_ONCE, List.of(moments));
  }
}
