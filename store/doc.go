// Package store keeps the record in SQLite or PostgreSQL; it is the only importer of bun.
//
// A domain struct is a row: its fields in snake case are the columns, slices, maps and structs are JSON. The contract suite in
// storetest reads back what it writes on both engines, so that a field without a column or the other way round cannot pass.
package store
