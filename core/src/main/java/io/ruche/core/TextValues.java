package io.ruche.core;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * A Jackson module: ids are plain strings in hex, amounts decimal strings in nano, times and
 * durations strings in ISO 8601.
 */
public final class TextValues {
  private TextValues() {}

  public static SimpleModule module() {
    var module = new SimpleModule("ruche-values");
    add(module, Address.class, Address::hex, Address::new);
    add(module, TaskId.class, TaskId::hex, TaskId::new);
    add(module, DealId.class, DealId::hex, DealId::new);
    add(module, Digest.class, Digest::hex, Digest::new);
    add(module, Salt.class, Salt::hex, Salt::new);
    add(module, TxHash.class, TxHash::hex, TxHash::new);
    add(module, Signature.class, Signature::hex, Signature::new);
    add(module, Sha256.class, Sha256::hex, Sha256::new);
    add(module, Tag.class, Tag::hex, Tag::new);
    add(module, TokenAmount.class, amount -> amount.nano().toString(), TextValues::amount);
    add(module, Instant.class, Instant::toString, Instant::parse);
    add(module, Duration.class, Duration::toString, Duration::parse);
    return module;
  }

  private static TokenAmount amount(String nano) {
    return new TokenAmount(new BigInteger(nano));
  }

  private static <T> void add(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new Writer<>(type, write));
    module.addDeserializer(type, new Reader<>(type, read));
  }

  private static final class Writer<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<T, String> text;

    Writer(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(text.apply(value));
    }
  }

  private static final class Reader<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> value;

    Reader(Class<T> type, Function<String, T> value) {
      super(type);
      this.value = value;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(this, "expected text for a %s", handledType());
      }
      try {
        return value.apply(in.getText());
      } catch (IllegalArgumentException | DateTimeException e) {
        return context.reportInputMismatch(this, "%s", e.getMessage());
      }
    }
  }
}
