/// Pure decision making: plans, their evaluation, the search for the best, the timetable. No I/O,
/// no clock, no thread of its own, and nothing but the JDK beneath it.
///
/// Ten lines that plan on a random network of 1,000 nodes, for `jshell --class-path` with the jars of
/// `scheduler` and `topology-models`:
///
///     import net.bellwether.scheduler.*; import net.bellwether.scheduler.solver.*;
///     import net.bellwether.scheduler.view.*; import net.bellwether.topology.generate.*;
///     import net.bellwether.topology.id.*;
///     var network = NetworkGenerator.generate(NetworkBlueprint.of(NetworkModel.WAXMAN, 1000, 7));
///     var snapshot = NetworkSnapshot.of(NetworkView.declared(network));
///     var request = Request.cheapest(NodeId.of("n1"), NodeId.of("n2"), Prices.PAIRS, 0.8)
///         .with(StateModel.WERNER).with(PurificationClass.ANY);
///     var found = (Solution.Found) Solver.solve(snapshot, request);
///     System.out.print(PlanText.tree(found.best().plan()));
///     System.out.println(found.best().value() + " pairs, gap " + found.gap());
///
/// `Planner` does the same for what node agents run, and evaluates what it would deliver.
@NullMarked
package net.bellwether.scheduler;

import org.jspecify.annotations.NullMarked;
