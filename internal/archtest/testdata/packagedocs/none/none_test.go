// Package none_test does not speak for package none.
package none_test
