/// Whether the evaluator, which promises, and the emulation, which delivers, agree. The door is
/// [net.bellwether.simulation.agreement.AgreementReport].
@NullMarked
package net.bellwether.simulation.agreement;

import org.jspecify.annotations.NullMarked;
