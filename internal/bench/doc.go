// Package bench measures the whole product against goals: votes through the API beside bare commits, the page of a
// meeting after ten years, long minutes, a large plan, ten thousand opinions, a thousand open cycles, the demonstration's start.
// `make bench` runs it and prints a table.
// Figures of one machine say little about another, so most are ratios of what the same run measured in turns, and
// no test asserts them.
package bench
