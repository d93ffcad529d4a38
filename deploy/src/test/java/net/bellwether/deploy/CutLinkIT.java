package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.v1.LinkStatus;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operator of the emulator cuts the only link of a session and repairs it.
final class CutLinkIT {
  private static final String BELLCTL = "net.bellwether.cli.Bellctl";
  private static final String LINK = "west-east";
  private static final long FRAMES_OF_SILENCE = 20;

  @Test
  void aSessionStopsWithItsLinkAndFlowsAgainWithoutLosingAQubit(@TempDir Path state)
      throws Exception {
    // One path only, so that no other plan hides the cut.
    try (Scene scene = Scene.of("repeater-50km", state)) {
      String session = scene.openActive(Scene.spec("west", "east", 2000, 0.85)).getSessionId();
      scene.await("pairs flow", () -> pairCount(scene, session) > 0);

      assertThat(emulator(scene, "cut", LINK).output()).contains("link west-east is cut");
      scene.await(
          "the controller says so",
          () ->
              scene.tenant.session(session).getState() == SessionState.SESSION_STATE_DEGRADED
                  && scene.operator.links().stream().anyMatch(LinkStatus::getDegraded));
      long heraldsWhenCut = heralds(scene);
      long deliveredWhenCut = pairCount(scene, session);
      long frameWhenCut = shown(scene).get("frame").getAsLong();
      scene.await(
          "two seconds more",
          () -> shown(scene).get("frame").getAsLong() > frameWhenCut + FRAMES_OF_SILENCE);
      assertThat(heralds(scene)).isEqualTo(heraldsWhenCut);
      assertThat(pairCount(scene, session)).isEqualTo(deliveredWhenCut);
      assertNoQubitIsLost(scene);

      assertThat(emulator(scene, "repair", LINK).status()).isZero();
      scene.await("pairs are made again", () -> heralds(scene) > heraldsWhenCut);
      scene.await("the session flows again", () -> pairCount(scene, session) != deliveredWhenCut);
      assertNoQubitIsLost(scene);
    }
  }

  /// Of the present generation of its plan.
  private static long pairCount(Scene scene, String id) {
    Session session = scene.tenant.session(id);
    return session.getAchieved().getPairCount();
  }

  private static void assertNoQubitIsLost(Scene scene) throws Exception {
    for (var node : shown(scene).getAsJsonArray("nodes")) {
      assertThat(node.getAsJsonObject().get("attached").getAsBoolean()).isTrue();
      assertThat(node.getAsJsonObject().get("forgottenQubitCount").getAsLong()).isZero();
    }
  }

  private static long heralds(Scene scene) throws Exception {
    return shown(scene)
        .getAsJsonArray("links")
        .get(0)
        .getAsJsonObject()
        .get("heraldCount")
        .getAsLong();
  }

  private static JsonObject shown(Scene scene) throws Exception {
    return JsonParser.parseString(emulator(scene, "show", "-o", "json").output()).getAsJsonObject();
  }

  private static Shell emulator(Scene scene, String... words) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("emulator"));
    arguments.addAll(List.of(words));
    arguments.addAll(
        List.of(
            "--emulator",
            scene.local.emulatorEndpoint(),
            "--identity",
            scene.local.operator().directory().toString()));
    return Shell.program(BELLCTL, arguments.toArray(String[]::new));
  }
}
