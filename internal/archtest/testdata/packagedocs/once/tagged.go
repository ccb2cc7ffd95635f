//go:build external

package once
