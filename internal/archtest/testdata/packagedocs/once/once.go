// Package once is explained.
package once
