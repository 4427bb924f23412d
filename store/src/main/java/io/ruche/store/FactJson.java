package io.ruche.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.ruche.core.TextValues;
import io.ruche.scheduler.Fact;
import java.io.IOException;
import java.util.Arrays;

/**
 * Facts as JSON. The name of a fact and of its fields is what is stored: renaming one needs a
 * migration. Fields that this version does not know are ignored, unknown facts are refused.
 */
final class FactJson {
  private final ObjectReader reader;
  private final ObjectWriter writer;

  /** Adds the type's name to every fact. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
  private interface Named {}

  FactJson() {
    var types = Arrays.stream(Fact.class.getPermittedSubclasses())
        .map(type -> new NamedType(type, type.getSimpleName()))
        .toArray(NamedType[]::new);
    var mapper = JsonMapper.builder()
        .addModule(TextValues.module())
        .addMixIn(Fact.class, Named.class)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
    mapper.registerSubtypes(types);
    reader = mapper.readerFor(Fact.class);
    writer = mapper.writerFor(Fact.class);
  }

  byte[] encode(Fact fact) {
    try {
      return writer.writeValueAsBytes(fact);
    } catch (IOException e) {
      throw new IllegalStateException("a fact has no JSON form: " + fact, e);
    }
  }

  /**
   * Reads back a fact.
   *
   * @throws IllegalArgumentException when the bytes are no fact that this version knows
   */
  Fact decode(byte[] bytes) {
    try {
      return reader.readValue(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
