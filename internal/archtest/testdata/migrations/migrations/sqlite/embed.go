// Package sqlite may lie beside the steps.
package sqlite
