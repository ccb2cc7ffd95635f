// Package workflows is the clock of the cases: what follows from an act or from the passing of time is done here, through the
// use cases of the services. The database is the record; a workflow holds identifiers and the stage only, asks where its case
// stands each time it wakes, and can be started afresh from the database at any moment.
package workflows
