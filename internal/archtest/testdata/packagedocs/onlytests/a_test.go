// Package onlytests consists of tests, which may explain it.
package onlytests
