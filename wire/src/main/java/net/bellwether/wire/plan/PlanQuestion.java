package net.bellwether.wire.plan;

import net.bellwether.scheduler.request.Request;

/// What a planning question asks of the planner: the best plan for `request`, and `alternatives`
/// plans beside it.
public record PlanQuestion(Request request, int alternatives) {}
