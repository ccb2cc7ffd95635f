package mail

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"

	"secretariat/domain"
)

// The message keys of failed deliveries, with the arguments "stage" and "reply".
const (
	KeyRejected    = "mail.rejected"    // refused for good: sending it again cannot help
	KeyUnavailable = "mail.unavailable" // not delivered now: keep it and send it again
)

// Stage is how far a delivery came before it failed.
type Stage string

// The stages, in their order.
const (
	StageConnect   Stage = "connect"   // no connection to the server
	StageSession   Stage = "session"   // greeting, encryption and signing in
	StageSender    Stage = "sender"    // the server did not take our own address
	StageRecipient Stage = "recipient" // the server did not take the recipient's address
	StageContent   Stage = "content"   // the server did not take the message, or did not confirm it
	StageFolder    Stage = "folder"    // the file could not be written
)

// Permanent reports whether err says that the message itself cannot be delivered: it is malformed, or the server
// refused its recipient or content with a 5xx reply. Faults of our own set-up, such as a refused password, a
// refused sender or an expired certificate, are not permanent: the message is good and must wait until they are put
// right. False for nil.
func Permanent(err error) bool {
	return domain.CodeOf(err) == domain.CodeInvalid || domain.KeyOf(err) == KeyRejected
}

// authenticationRequired is the reply of a server that wants us to sign in first (RFC 4954 6).
const authenticationRequired = 530

// failure is the error of a delivery that stopped at stage with the given SMTP reply code. The cause goes into
// logs, so it must not hold what a server said after it was told the recipient: it may repeat the address.
func failure(stage Stage, reply int, cause error) error {
	e := &domain.Error{
		Code: domain.CodeUnavailable,
		Key:  KeyUnavailable,
		Args: domain.Args{"stage": string(stage), "reply": reply},
		Err:  describe(stage, reply, cause),
	}
	if rejects(stage, reply) {
		e.Code, e.Key = domain.CodeConflict, KeyRejected
	}
	return e
}

func rejects(stage Stage, reply int) bool {
	about := stage == StageRecipient || stage == StageContent
	return about && reply/100 == 5 && reply != authenticationRequired
}

func describe(stage Stage, reply int, cause error) error {
	switch {
	case cause != nil:
		return fmt.Errorf("%s: %w", stage, cause)
	case reply != 0:
		return fmt.Errorf("%s: reply %d", stage, reply)
	}
	return fmt.Errorf("%s: connection lost", stage)
}

// sessionFailure turns an error from before the message was offered into ours.
func sessionFailure(ctx context.Context, stage Stage, err error) error {
	var reply *textproto.Error
	switch {
	case ctx.Err() != nil:
		return failure(stage, 0, ctx.Err())
	case errors.As(err, &reply):
		return failure(stage, reply.Code, nil)
	}
	return failure(stage, 0, err)
}

// deliveryFailure turns an error from the delivery of the message into ours. The library's text is dropped: it
// lists the recipients and repeats the server's words.
func deliveryFailure(ctx context.Context, err error) error {
	stage, reply := StageSession, 0
	var sent *gomail.SendError
	if errors.As(err, &sent) {
		stage, reply = stageOf(sent.Reason), sent.ErrorCode()
	}
	if reply != 0 {
		return failure(stage, reply, nil)
	}
	return failure(stage, 0, ctx.Err())
}

func stageOf(reason gomail.SendErrReason) Stage {
	switch reason {
	case gomail.ErrSMTPMailFrom:
		return StageSender
	case gomail.ErrSMTPRcptTo:
		return StageRecipient
	case gomail.ErrSMTPData, gomail.ErrSMTPDataClose, gomail.ErrWriteContent:
		return StageContent
	}
	return StageSession
}
