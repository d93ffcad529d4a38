package net.bellwether.controller.grpc;

import net.bellwether.controller.reconcile.Order;
import net.bellwether.v1.ActivateGeneration;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.ControllerHello;
import net.bellwether.v1.KeySession;
import net.bellwether.v1.PeerEndpoint;
import net.bellwether.v1.PrepareRuleSet;
import net.bellwether.v1.RemoveFlow;
import net.bellwether.wire.BuildVersion;
import net.bellwether.wire.Vocabulary;

/// Orders as messages to an agent.
public final class OrderMessages {
  private OrderMessages() {}

  /// What a leader says first.
  public static ConnectResponse hello(long term) {
    return ConnectResponse.newBuilder()
        .setTerm(term)
        .setHello(ControllerHello.newBuilder().setVersion(BuildVersion.current()))
        .build();
  }

  public static ConnectResponse of(long term, Order order) {
    ConnectResponse.Builder message = ConnectResponse.newBuilder().setTerm(term);
    switch (order) {
      case Order.Prepare prepare -> message.setPrepare(prepare(prepare));
      case Order.Activate activate ->
          message.setActivate(
              ActivateGeneration.newBuilder()
                  .setFlow(activate.flow().value())
                  .setGeneration(activate.generation())
                  .setFrame(activate.frame()));
      case Order.Remove remove ->
          message.setRemove(
              RemoveFlow.newBuilder()
                  .setFlow(remove.flow().value())
                  .setUpToGeneration(remove.upToGeneration()));
      case Order.Keys keys -> message.setKeySession(keySession(keys));
    }
    return message.build();
  }

  private static PrepareRuleSet prepare(Order.Prepare prepare) {
    PrepareRuleSet.Builder message =
        PrepareRuleSet.newBuilder().setRuleSet(Vocabulary.toProto(prepare.ruleSet()));
    prepare
        .endpoints()
        .forEach((node, endpoint) ->
            message.addPeers(
                PeerEndpoint.newBuilder().setNode(node.value()).setEndpoint(endpoint)));
    return message.build();
  }

  private static KeySession keySession(Order.Keys keys) {
    return KeySession.newBuilder()
        .setSessionId(keys.session().value())
        .setTenant(keys.tenant())
        .setLocalSae(keys.localSae())
        .setPeerSae(keys.peerSae())
        .setPeerNode(keys.peerNode().value())
        .setPeerEndpoint(keys.peerEndpoint())
        .setLeads(keys.leads())
        .setBlockKeyBits(keys.blockKeyBits())
        .setClosed(keys.closed())
        .build();
  }
}
