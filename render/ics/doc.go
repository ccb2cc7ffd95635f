// Package ics writes meetings as iCalendar objects (RFC 5545): invitations, changes and cancellations that go by
// mail (RFC 5546, RFC 6047) and the calendar that is published for subscription. Times are shown in Seoul time with
// the definition of that zone; lines end in CRLF and are at most 75 octets long.
package ics
