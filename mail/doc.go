// Package mail sends the system's outgoing mail: notices, invitations to meetings and documents, one recipient a
// message.
//
// Sender delivers over SMTP, Folder writes the same messages as files for installations without a mail server. Both
// take the same Message and answer with the same errors, a *domain.Error whose text holds neither an address nor
// any content:
//
//   - CodeInvalid: the message is malformed, Fields says where; nothing was sent.
//   - CodeConflict, KeyRejected: the server refused this recipient or this content for good (5xx).
//   - CodeUnavailable, KeyUnavailable: anything else, among them a 4xx reply, a refused password, a server that is
//     silent or breaks off. The message should be kept and sent again.
//
// The last two carry the arguments "stage" (a Stage) and "reply" (the SMTP reply code, 0 when there was none).
// Permanent tells the two kinds apart. When a connection breaks after the content was sent but before the server
// confirmed it, the message may have arrived all the same; the repeated message bears the same Message-ID, by which
// mail programs recognise it.
package mail
