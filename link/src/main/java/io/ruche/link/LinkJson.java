package io.ruche.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.ruche.core.TextValues;
import org.jspecify.annotations.Nullable;

/**
 * The JSON dialect of the link: ids and times are plain strings, no scalar is taken for another
 * type, absent or null fields fail unless the record allows null, unknown fields are ignored.
 */
final class LinkJson {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER_DIGITS = 20;

  private LinkJson() {}

  static JsonMapper mapper() {
    return JsonMapper.builder(factory())
        .addModule(TextValues.module())
        .annotationIntrospector(new RequiredUnlessNullable())
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .withCoercionConfig(
            LogicalType.Textual,
            textual -> textual
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .build();
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(LinkLimits.MAX_FRAME_BYTES)
            .maxNumberLength(MAX_NUMBER_DIGITS)
            .build())
        .build();
  }

  /**
   * Every component of a message must be there and not null, except those marked {@link Nullable}.
   */
  private static final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final JsonSetter.Value NEVER_NULL =
        JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !isNullable(member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
      return isNullable(annotated) ? JsonSetter.Value.empty() : NEVER_NULL;
    }

    private static boolean isNullable(Annotated annotated) {
      return annotated instanceof AnnotatedParameter parameter
          && parameter.getDeclaringClass().isRecord()
          && parameter
              .getDeclaringClass()
              .getRecordComponents()[parameter.getIndex()]
              .getAnnotatedType()
              .isAnnotationPresent(Nullable.class);
    }
  }
}
