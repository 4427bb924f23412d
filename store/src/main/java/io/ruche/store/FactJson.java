package io.ruche.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Salt;
import io.ruche.core.Sha256;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.Fact;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Facts as JSON. The name of a fact and of its fields is what is stored: renaming one needs a
 * migration. Fields that this version does not know are ignored, unknown facts are refused.
 */
final class FactJson {
  private final JsonMapper mapper;

  /** Adds the type's name to every fact. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
  private interface Named {}

  FactJson() {
    var types = Arrays.stream(Fact.class.getPermittedSubclasses())
        .map(type -> new NamedType(type, type.getSimpleName()))
        .toArray(NamedType[]::new);
    mapper = JsonMapper.builder()
        .addModule(values())
        .addMixIn(Fact.class, Named.class)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
    mapper.registerSubtypes(types);
  }

  byte[] encode(Fact fact) {
    try {
      return mapper.writerFor(Fact.class).writeValueAsBytes(fact);
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
      return mapper.readerFor(Fact.class).readValue(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static SimpleModule values() {
    var module = new SimpleModule("ruche-values");
    text(module, Address.class, Address::hex, Address::new);
    text(module, TaskId.class, TaskId::hex, TaskId::new);
    text(module, DealId.class, DealId::hex, DealId::new);
    text(module, Digest.class, Digest::hex, Digest::new);
    text(module, Salt.class, Salt::hex, Salt::new);
    text(module, Sha256.class, Sha256::hex, Sha256::new);
    text(module, Tag.class, Tag::hex, Tag::new);
    text(module, Instant.class, Instant::toString, Instant::parse);
    text(module, Duration.class, Duration::toString, Duration::parse);
    text(
        module,
        TokenAmount.class,
        amount -> amount.nano().toString(),
        nano -> new TokenAmount(new BigInteger(nano)));
    return module;
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new TextWriter<>(type, write));
    module.addDeserializer(type, new TextReader<>(type, read));
  }

  private static final class TextWriter<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<T, String> text;

    TextWriter(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(text.apply(value));
    }
  }

  private static final class TextReader<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> value;

    TextReader(Class<T> type, Function<String, T> value) {
      super(type);
      this.value = value;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return value.apply(in.getText());
    }
  }
}
