package io.ruche.agent.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.TextValues;
import io.ruche.worker.Fact;
import io.ruche.worker.Release;
import java.util.List;

/** Facts as JSON. A name that was once written stays readable for ever. */
final class FactJson {
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Fact.Computed.class, name = "computed"),
    @JsonSubTypes.Type(value = Fact.Contributing.class, name = "contributing"),
    @JsonSubTypes.Type(value = Fact.Contributed.class, name = "contributed"),
    @JsonSubTypes.Type(value = Fact.Revealing.class, name = "revealing"),
    @JsonSubTypes.Type(value = Fact.Revealed.class, name = "revealed"),
    @JsonSubTypes.Type(value = Fact.Abandoned.class, name = "abandoned"),
    @JsonSubTypes.Type(value = Fact.Dropped.class, name = "dropped"),
    @JsonSubTypes.Type(value = Fact.Pledged.class, name = "pledged")
  })
  private interface FactNames {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "when")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Release.WithWork.class, name = "withWork"),
    @JsonSubTypes.Type(value = Release.AfterCommit.class, name = "afterCommit"),
    @JsonSubTypes.Type(value = Release.AfterResult.class, name = "afterResult")
  })
  private interface ReleaseNames {}

  private static final TypeReference<List<Fact>> FACTS = new TypeReference<>() {};

  private final ObjectReader reader;
  private final ObjectWriter writer;

  FactJson() {
    var mapper = JsonMapper.builder()
        .addModule(TextValues.module())
        .addMixIn(Fact.class, FactNames.class)
        .addMixIn(Release.class, ReleaseNames.class)
        .build();
    reader = mapper.readerFor(FACTS);
    writer = mapper.writerFor(FACTS);
  }

  String write(List<Fact> facts) {
    try {
      return writer.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("facts have no JSON form: " + facts, e);
    }
  }

  List<Fact> read(String json) throws JsonProcessingException {
    return reader.readValue(json);
  }
}
