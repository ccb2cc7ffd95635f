// Package twice is explained here as well.
package twice
