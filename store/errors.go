package store

import (
	"database/sql"
	"errors"

	"secretariat/domain"
)

// translate turns a driver's error into ours: kind is what was looked for or written. Errors that are ours already pass.
func translate(err error, kind string) error {
	var ours *domain.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ours):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return domain.NotFound(kind)
	case isUnique(err):
		return &domain.Error{Code: domain.CodeConflict, Key: "conflict." + kind, Err: err}
	case isForeignKey(err):
		return &domain.Error{Code: domain.CodeInvalid, Key: "invalid.reference", Err: err}
	}
	return err
}
