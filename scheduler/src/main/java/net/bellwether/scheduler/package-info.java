/// Pure decision making: plans, their evaluation, the search for the best, the timetable. No I/O,
/// no clock, no thread of its own.
@NullMarked
package net.bellwether.scheduler;

import org.jspecify.annotations.NullMarked;
