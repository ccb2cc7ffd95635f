// Package files keeps the bytes of papers and documents under the SHA-256 of their content, never under a name that
// somebody chose. The same content is kept once and is never changed.
package files
