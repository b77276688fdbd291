package io.purlin.pipelines.clickstream.generator;

/** The pages of the site that the generated users visit. */
public final class SitePages {
  private static final String[] SECTIONS = {"news", "sport", "garden", "kitchen", "travel"};

  /** How many pages there are. */
  public static final int COUNT = 200;

  private SitePages() {}

  /** The address of page {@code number}, from 0. */
  public static String path(int number) {
    return "/" + section(number) + "/" + number;
  }

  /** The section of page {@code number}. */
  public static String section(int number) {
    return SECTIONS[number % SECTIONS.length];
  }

  /** The title of page {@code number}. */
  public static String title(int number) {
    return "Page " + number + " of " + section(number);
  }

  /** Whether the catalogue has page {@code number}: a few are forgotten, as happens. */
  public static boolean inCatalogue(int number) {
    return number % 67 != 66;
  }
}
