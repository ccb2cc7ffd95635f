// Package figures recomputes the figures a paper states and reports those that do not hold.
//
// A paper's author writes down claims: that parts add up to a total, that a rate follows from two amounts, that two
// places state the same quantity. Check recomputes each claim in exact rational numbers and compares it with the
// figure as typed, at the precision it was typed with. Nothing is corrected: the finding names the stated figure, the
// computed one and the place, and a person decides which of them is wrong.
//
// Figures stay text until they are read, because "1천억원", "100,000백만원" and "1,000억원" are one amount stated with
// different precision, and the reader must see the author's own spelling.
package figures
