package io.ruche.chain.rpc;

import io.ruche.chain.ChainErrors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 with kept connections. Any thread may call; close it to let its threads go. */
public final class HttpTransport implements RpcTransport, AutoCloseable {
  private final RpcSettings settings;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;

  public HttpTransport(RpcSettings settings) {
    this.settings = settings;
    this.client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(settings.timeout())
        .executor(executor)
        .build();
  }

  @Override
  public String endpoint() {
    return settings.endpoint().toString();
  }

  @Override
  public String exchange(String requestBody) {
    var request = HttpRequest.newBuilder(settings.endpoint())
        .header("Content-Type", "application/json")
        .timeout(settings.timeout())
        .POST(BodyPublishers.ofString(requestBody))
        .build();
    var handler = BodyHandlers.limiting(
        BodyHandlers.ofString(StandardCharsets.UTF_8), settings.maxAnswerBytes());
    var answer = client.sendAsync(request, handler);
    try {
      return checked(answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw ChainErrors.unreachable(
          endpoint(), "no answer within %d ms".formatted(settings.timeout().toMillis()), e);
    } catch (ExecutionException e) {
      throw ChainErrors.unreachable(endpoint(), why(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ChainErrors.unreachable(endpoint(), "the wait was interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private String checked(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status != 200 && !response.body().stripLeading().startsWith("{")) {
      throw ChainErrors.unreachable(endpoint(), "HTTP status " + status, null);
    }
    return response.body();
  }

  private static String why(@Nullable Throwable cause) {
    if (cause == null || cause instanceof ConnectException) {
      return "connection refused";
    }
    return cause instanceof IOException && cause.getMessage() != null
        ? cause.getMessage()
        : cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
