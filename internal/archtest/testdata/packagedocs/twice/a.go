// Package twice is explained here.
package twice
