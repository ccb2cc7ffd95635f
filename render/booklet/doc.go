// Package booklet binds the papers of a meeting into one PDF (회의자료집): the agenda with page numbers in front, then each paper with
// its place and page on top of every sheet. PDF files and pictures are bound; other files are named as separate. It is the only
// importer of github.com/pdfcpu/pdfcpu, and takes files as they come: one that cannot be read spoils none of the rest.
package booklet
