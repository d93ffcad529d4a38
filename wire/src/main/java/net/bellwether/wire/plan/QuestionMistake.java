package net.bellwether.wire.plan;

import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import net.bellwether.wire.RpcErrors;

/// A value of a planning question that breaks a rule. `field` is that of the message; the text
/// names the field, the value and the rule.
public final class QuestionMistake extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String said;

  /// `said` is the value in brackets and the rule.
  QuestionMistake(String field, String said) {
    super(word(field) + " " + said);
    this.field = field;
    this.said = said;
  }

  /// What a server said of a field of a question, unless it was about something else.
  public static Optional<QuestionMistake> of(FieldViolation violation) {
    String beginning = word(violation.getField()) + " ";
    return violation.getDescription().startsWith(beginning)
        ? Optional.of(
            new QuestionMistake(
                violation.getField(), violation.getDescription().substring(beginning.length())))
        : Optional.empty();
  }

  public String field() {
    return field;
  }

  /// The mistake as a server answers it, from which `of` reads it back.
  public StatusRuntimeException asStatus() {
    return RpcErrors.invalidArgument(field, word(field) + " " + said);
  }

  /// The text for someone who knows the field as `name`.
  public String messageFor(String name) {
    return name + " " + said;
  }

  private static String word(String field) {
    return field.endsWith("_node") ? field.substring(0, field.length() - "_node".length()) : field;
  }
}
