package net.bellwether.agent.key;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/// Errors that the HTTP server answers itself (404, 405, 413, 415) in the standard's form, and no
/// answer is ever kept by a cache.
@Singleton
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(beans = KeyDelivery.class)
@Primary
final class EtsiErrors implements ErrorResponseProcessor<byte[]> {
  @Override
  public MutableHttpResponse<byte[]> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    String message =
        context.getErrors().isEmpty()
            ? response.reason()
            : context.getErrors().getFirst().getMessage();
    return response
        .body(EtsiJson.error(message))
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store");
  }

  @ResponseFilter
  void neverCached(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.header("Cache-Control", "no-store");
  }
}
