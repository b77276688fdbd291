package io.purlin.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** A name says what a thing is, never how it was made or that it helps. */
class NamingTest {
  private static final ArchRule NO_EMPTY_NAMES =
      noClasses()
          .should()
          .haveNameMatching(".*[.$]\\w*(Util|Utils|Helper|Helpers|Impl|Manager)")
          .orShould()
          .haveNameMatching(".*[.$](Abstract|Default|Base)[A-Z]\\w*");

  private static final ArchRule NO_DRAWERS =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..misc..", "..impl..", "..helpers..")
          .as("no package is a drawer (util, common, misc, impl)");

  @Test
  void noTypeHasAnEmptyName() {
    everywhere(NO_EMPTY_NAMES);
  }

  @Test
  void noPackageIsADrawer() {
    everywhere(NO_DRAWERS);
  }

  private static void everywhere(ArchRule rule) {
    for (JavaClasses classes : new JavaClasses[] {PurlinClasses.MAIN, PurlinClasses.TESTS}) {
      rule.check(classes);
    }
  }
}
