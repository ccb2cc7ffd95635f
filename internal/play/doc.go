// Package play runs a whole committee deliberation through the HTTP API, as the people concerned would: it is what
// `secretariat demo --play` shows. It knows no way past the API. Every act carries an idempotency key made from who
// acts on what for the how-manieth time, so that a play that was killed is begun again from the start and goes on
// where it was.
package play
