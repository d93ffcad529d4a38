package net.bellwether.scheduler;

import net.bellwether.topology.rules.Application;

/// For whom the ends of a plan keep delivered pairs, and how long at most.
public record Keeping(Application atLeft, Application atRight, long holdPicos) {}
