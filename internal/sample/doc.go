// Package sample holds the content of the demo: a committee of fifteen, one meeting with five agenda items, their
// papers, what members say, and the figures of the papers that can be recomputed.
//
// The content is typed from two public documents of 2021 and 2024 named in Sample.Sources. Figures stand as they do
// there, including those that contradict each other; members, applicants and statements are invented. The files under
// data/ are Korean YAML, read strictly: a field this package does not know is an error.
package sample
