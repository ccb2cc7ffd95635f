// Package domain holds what every rule and every use case shares: identifiers, who acts, errors and the audit entry.
//
// Nothing below this package reads a clock, draws a random number or touches a file: time, ids and the actor are arguments.
package domain
