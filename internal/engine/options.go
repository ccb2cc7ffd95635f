// Package engine runs a Temporal server inside this process, on one SQLite file, so that a small deployment needs no
// cluster beside it.
//
// The engine keeps only clocks and identifiers. The record is the product's own database: the engine's file may be
// removed with Wipe at any time while it is stopped, and every open case can be started afresh from the database.
// Engine.Fresh tells when that is due.
//
// Everything listens on 127.0.0.1 and on free ports. The front end has no authentication of its own: whoever can run
// programs on the machine can reach it. A deployment with its own Temporal cluster builds with the tag "external",
// which leaves the server out of the binary; Available is then false and Start returns ErrUnavailable.
package engine

import (
	"errors"
	"log/slog"
	"time"

	"go.temporal.io/api/enums/v1"
)

// Retention is how long the engine keeps the history of a closed workflow before it deletes it.
const Retention = 30 * 24 * time.Hour

var (
	// ErrUnavailable says that this build has no embedded engine: it was built with the tag "external".
	ErrUnavailable = errors.New("engine: this build has no embedded engine, the address of a Temporal cluster is needed")
	// ErrInUse says that another engine, in this or another process, is running on the same file.
	ErrInUse = errors.New("engine: the file is in use by another engine")
	// ErrDamaged says that the file is no readable database. Wipe removes it.
	ErrDamaged = errors.New("engine: the file is damaged")
	// ErrForeignFile says that the file is a database that no engine made. It is left as it is.
	ErrForeignFile = errors.New("engine: the file is a database of something else")
)

// Options says where the engine keeps its state and what it registers when it starts.
type Options struct {
	// File is the path of the SQLite file, made when it is missing together with the folder it is in. When it is empty
	// the state lives in memory and is lost with Stop.
	File string
	// Namespace is the namespace to register. It must not be empty.
	Namespace string
	// SearchAttributes are the custom search attributes to register in the namespace, by name. Those added since the
	// last start are added to a namespace that exists; none is ever removed. SQLite has room for ten keywords and for
	// three of each other type.
	SearchAttributes map[string]enums.IndexedValueType
	// Logger receives the server's warnings and errors. When it is nil, slog.Default is used.
	Logger *slog.Logger
}

func (o Options) logger() *slog.Logger {
	if o.Logger == nil {
		return slog.Default()
	}
	return o.Logger
}
