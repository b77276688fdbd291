package io.purlin.pipelines.clickstream;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** What the catalogue knows of a page. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
abstract class CataloguePage {
  /** For a page that is not in the catalogue. */
  static final CataloguePage UNKNOWN = of("(not in the catalogue)", "(none)");

  abstract String getTitle();

  abstract String getSection();

  @SchemaCreate
  static CataloguePage of(String title, String section) {
    return new AutoValue_CataloguePage(title, section);
  }
}
