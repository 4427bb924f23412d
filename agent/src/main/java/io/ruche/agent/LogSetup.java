package io.ruche.agent;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * How a worker's process writes its log: to the error stream, as level {@code RUCHE_LOG_LEVEL}
 * says, as text or, with {@code RUCHE_LOG_FORMAT=json}, one JSON object a line. In code and not in
 * a file, as reading one takes 400 classes, which an idle worker would keep in memory. Other
 * programs on whose class path this lies are left to their own files.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
  /** System property that the worker's process is started with. */
  static final String ENABLED = "ruche.agentLog";

  private static final String LEVEL = "RUCHE_LOG_LEVEL";
  private static final String FORMAT = "RUCHE_LOG_FORMAT";
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level %logger{20} %msg%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (!Boolean.getBoolean(ENABLED)) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    var encoder = "json".equals(System.getenv(FORMAT)) ? json() : text();
    encoder.setContext(context);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var level = System.getProperty(LEVEL, System.getenv(LEVEL));
    root.setLevel(Level.toLevel(level, Level.INFO));
    root.addAppender(appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Encoder<ILoggingEvent> text() {
    var encoder = new PatternLayoutEncoder();
    encoder.setPattern(PATTERN);
    return encoder;
  }

  /** The same fields as in the server's logback.xml. */
  static Encoder<ILoggingEvent> json() {
    var encoder = new JsonEncoder();
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithMDC(false);
    encoder.setWithMarkers(false);
    return encoder;
  }
}
