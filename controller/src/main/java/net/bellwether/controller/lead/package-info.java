/// Which of several controllers decides: leadership held by a lease. [Candidacy] is the decision,
/// pure; [LeaderElection] runs it against a [LeaderBallot].
@NullMarked
package net.bellwether.controller.lead;

import org.jspecify.annotations.NullMarked;
