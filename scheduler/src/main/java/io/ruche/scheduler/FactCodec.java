package io.ruche.scheduler;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.RucheException;
import io.ruche.core.Salt;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Facts as one line of JSON each, for a journal: ids as hex, times and durations in milliseconds,
 * amounts in nano units.
 */
public final class FactCodec {
  private static final JsonMapper JSON = mapper();
  private static final Pattern OLD_ASSIGNED =
      Pattern.compile("\"fact\"\\s*:\\s*\"AttemptAssigned\"");

  private FactCodec() {}

  public static String encode(Fact fact) {
    try {
      return JSON.writerFor(Fact.class).writeValueAsString(fact);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write fact " + fact, e);
    }
  }

  /**
   * Reads one line.
   *
   * @throws RucheException JOURNAL_CORRUPT when it is none that this version wrote
   */
  public static Fact decode(String line) {
    try {
      return JSON.readValue(withMachine(line), Fact.class);
    } catch (JsonProcessingException e) {
      throw new RucheException(
          "JOURNAL_CORRUPT",
          "cannot read a fact of the journal: %s, found: %.200s"
              .formatted(e.getOriginalMessage(), line),
          "Restore the journal from a backup, or move it away: open tasks are then read from the"
              + " chain, results not yet finalized are asked for again.",
          false,
          e);
    }
  }

  /** Before worker accounts, a worker was one machine. */
  private static String withMachine(String line) {
    return OLD_ASSIGNED.matcher(line).find() && !line.contains("\"machine\"")
        ? line.replaceFirst("\"worker\":(\"[^\"]*\")", "\"machine\":$1,\"worker\":$1")
        : line;
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
  private interface FactMixIn {}

  private static JsonMapper mapper() {
    var module = new SimpleModule();
    text(module, Address.class, Address::hex, Address::new);
    text(module, DealId.class, DealId::hex, DealId::new);
    text(module, TaskId.class, TaskId::hex, TaskId::new);
    text(module, Digest.class, Digest::hex, Digest::new);
    text(module, Signature.class, Signature::hex, Signature::new);
    text(module, Sha256.class, Sha256::hex, Sha256::new);
    text(module, Salt.class, Salt::hex, Salt::new);
    text(module, Tag.class, Tag::hex, Tag::new);
    text(
        module,
        TokenAmount.class,
        amount -> amount.nano().toString(),
        nano -> new TokenAmount(new BigInteger(nano)));
    text(
        module,
        Instant.class,
        at -> Long.toString(at.toEpochMilli()),
        millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
    text(
        module,
        Duration.class,
        time -> Long.toString(time.toMillis()),
        millis -> Duration.ofMillis(Long.parseLong(millis)));
    for (var type : Fact.class.getPermittedSubclasses()) {
      module.registerSubtypes(new NamedType(type, type.getSimpleName()));
    }
    return JsonMapper.builder()
        .addModule(module)
        .addMixIn(Fact.class, FactMixIn.class)
        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .build();
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider context)
          throws IOException {
        out.writeString(write.apply(value));
      }
    });
    module.addDeserializer(type, new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
        var text = in.getValueAsString();
        try {
          return read.apply(text);
        } catch (IllegalArgumentException e) {
          return type.cast(context.handleWeirdStringValue(type, text, "%s", e.getMessage()));
        }
      }
    });
  }
}
