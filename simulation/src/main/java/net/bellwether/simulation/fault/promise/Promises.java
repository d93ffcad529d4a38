package net.bellwether.simulation.fault.promise;

import java.util.List;

/// All promises of one world.
public record Promises(
    TermsRiseAndHaveOneWriter terms,
    NoAgentObeysALowerTerm obedience,
    WhatAnAgentAnsweredItStillHolds answers,
    WhatIsAcknowledgedIsKept acknowledged,
    LinkTimeAndQubitsAreNeverOverCommitted capacity,
    APairIsHandledByOneGeneration generations,
    AKeyIsDeliveredAtMostOncePerSide once,
    BothEndsGetTheSameBits same,
    PairsAreMadeWithoutAController dataPlane,
    EverythingConverges convergence) {
  public Promises() {
    this(
        new TermsRiseAndHaveOneWriter(),
        new NoAgentObeysALowerTerm(),
        new WhatAnAgentAnsweredItStillHolds(),
        new WhatIsAcknowledgedIsKept(),
        new LinkTimeAndQubitsAreNeverOverCommitted(),
        new APairIsHandledByOneGeneration(),
        new AKeyIsDeliveredAtMostOncePerSide(),
        new BothEndsGetTheSameBits(),
        new PairsAreMadeWithoutAController(),
        new EverythingConverges());
  }

  public List<Promise> all() {
    return List.of(
        terms,
        obedience,
        answers,
        acknowledged,
        capacity,
        generations,
        once,
        same,
        dataPlane,
        convergence);
  }
}
