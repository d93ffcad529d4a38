package net.bellwether.agent.key;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.bellwether.wire.Identity;

/// The three calls of ETSI GS QKD 014. Answers are bytes made by [EtsiJson]: key bits never become
/// a String. HEAD is not served: it would give out keys without a body.
@Controller("/api/v1/keys/{sae}")
@Requires(beans = KeyDelivery.class)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.APPLICATION_JSON)
final class EtsiController {
  private final KeyDelivery delivery;

  EtsiController(KeyDelivery delivery) {
    this.delivery = delivery;
  }

  @Get(value = "/status", headRoute = false)
  HttpResponse<byte[]> status(@PathVariable String sae, HttpRequest<?> request) {
    return answer(delivery.status(caller(request), sae));
  }

  @Get(value = "/enc_keys", headRoute = false)
  HttpResponse<byte[]> encKeys(@PathVariable String sae, HttpRequest<?> request) {
    return answered(() ->
        delivery.encKeys(caller(request), sae, EtsiRequests.ofQuery(request.getParameters())));
  }

  @Post("/enc_keys")
  @Consumes(MediaType.APPLICATION_JSON)
  HttpResponse<byte[]> postEncKeys(
      @PathVariable String sae, HttpRequest<?> request, @Body byte[] body) {
    return answered(() -> delivery.encKeys(caller(request), sae, EtsiRequests.keyRequest(body)));
  }

  @Get(value = "/dec_keys", headRoute = false)
  HttpResponse<byte[]> decKeys(@PathVariable String sae, HttpRequest<?> request) {
    return answered(() -> {
      List<String> ids = request.getParameters().getAll("key_ID");
      if (ids.size() != 1) {
        throw new EtsiRequests.Malformed("GET takes exactly one key_ID (" + ids.size() + " given)");
      }
      return delivery.decKeys(caller(request), sae, ids);
    });
  }

  @Post("/dec_keys")
  @Consumes(MediaType.APPLICATION_JSON)
  HttpResponse<byte[]> postDecKeys(
      @PathVariable String sae, HttpRequest<?> request, @Body byte[] body) {
    return answered(() -> delivery.decKeys(caller(request), sae, EtsiRequests.keyIds(body)));
  }

  private interface Call {
    Delivery run();
  }

  private static HttpResponse<byte[]> answered(Call call) {
    try {
      return answer(call.run());
    } catch (EtsiRequests.Malformed e) {
      return answer(new Delivery.Mistake(String.valueOf(e.getMessage())));
    }
  }

  private static HttpResponse<byte[]> answer(Delivery delivered) {
    return switch (delivered) {
      case Delivery.Keys keys -> json(HttpResponse.ok(EtsiJson.keys(keys)));
      case Delivery.Status status -> json(HttpResponse.ok(EtsiJson.status(status)));
      case Delivery.Mistake(String message) -> error(400, message);
      case Delivery.Unauthorized(String message) -> error(401, message);
      case Delivery.NotNow(String message) -> error(503, message);
    };
  }

  private static HttpResponse<byte[]> error(int status, String message) {
    return json(
        HttpResponse.<byte[]>status(HttpStatus.valueOf(status)).body(EtsiJson.error(message)));
  }

  private static MutableHttpResponse<byte[]> json(MutableHttpResponse<byte[]> response) {
    return response.contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  /// Who calls, from the certificate; empty where that names nobody we know of.
  private static Optional<Identity> caller(HttpRequest<?> request) {
    return request
        .getSslSession()
        .flatMap(session -> {
          try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate
                ? Optional.of(Identity.ofCertificate(certificate))
                : Optional.empty();
          } catch (SSLPeerUnverifiedException | IllegalArgumentException e) {
            return Optional.empty();
          }
        });
  }
}
