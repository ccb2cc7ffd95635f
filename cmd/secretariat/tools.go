package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"secretariat/domain"
	"secretariat/internal/pace"
	"secretariat/service/identity"
)

// with runs f on the product put together from the environment.
func with(f func(context.Context, *app) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		c, err := environment()
		if err != nil {
			return err
		}
		a, err := open(cmd.Context(), c, pace.Real())
		if err != nil {
			return err
		}
		return errors.Join(f(cmd.Context(), a), a.close())
	}
}

func migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "migrate", Short: "데이터베이스 구조를 최신으로 (bring the schema up to date)", Args: cobra.NoArgs,
		RunE: with(func(_ context.Context, a *app) error {
			_, err := fmt.Println(a.db.Engine(), "is up to date")
			return err
		}),
	}
}

func userCommand() *cobra.Command {
	var in identity.CreateAccountInput
	cmd := &cobra.Command{
		Use: "user", Short: "계정 만들기, 비밀번호는 표준입력 (make an account; the password is read from standard input)",
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringVar(&in.Email, "email", "", "전자우편 주소 (e-mail address)")
	cmd.Flags().StringVar(&in.Name, "name", "", "이름 (name)")
	cmd.Flags().BoolVar(&in.Admin, "admin", false, "관리자 (administrator)")
	cmd.Flags().BoolVar(&in.Auditor, "auditor", false, "감사자 (auditor)")
	cmd.RunE = with(func(ctx context.Context, a *app) error {
		raw, err := io.ReadAll(io.LimitReader(os.Stdin, 4096))
		if err != nil {
			return err
		}
		in.Password = strings.TrimRight(string(raw), "\r\n")
		account, err := a.services.Identity.Provision(ctx, domain.System("command"), in)
		if err == nil {
			_, err = fmt.Println(account.ID)
		}
		return err
	})
	return cmd
}

func auditCommand() *cobra.Command {
	return &cobra.Command{
		Use: "audit", Short: "감사기록의 해시를 다시 계산 (hash the audit trail again)", Args: cobra.NoArgs,
		RunE: with(func(ctx context.Context, a *app) error {
			out, err := a.services.Auditing.Verify(ctx)
			if err != nil {
				return err
			}
			if out.Bad != "" {
				return fmt.Errorf("entry %s of %d is not what was written", out.Bad, out.Entries)
			}
			_, err = fmt.Println(out.Entries, "entries hold")
			return err
		}),
	}
}

func reindexCommand() *cobra.Command {
	return &cobra.Command{
		Use: "reindex", Short: "공개 기록에서 검색 색인을 다시 작성 (make the index of search anew from the record)", Args: cobra.NoArgs,
		RunE: with(func(ctx context.Context, a *app) error {
			out, err := a.services.Searching.Rebuild(ctx)
			if err != nil {
				return err
			}
			_, err = fmt.Println(out.Committees, "committees and", out.Meetings, "meetings are indexed")
			return err
		}),
	}
}

func configCommand() *cobra.Command {
	var korean bool
	cmd := &cobra.Command{
		Use: "config", Short: "설정 항목표 (table of the settings)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			printSettings(cmd.OutOrStdout(), korean)
			return nil
		},
	}
	cmd.Flags().BoolVar(&korean, "ko", false, "한국어 (in Korean)")
	return cmd
}

// healthCommand asks the server on this machine whether it is ready; containers call it.
func healthCommand() *cobra.Command {
	return &cobra.Command{
		Use: "health", Short: "서비스 상태 확인 (ask whether the service is ready)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := environment()
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), 5*time.Second)
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+loopback(c.listen)+"/readyz", nil)
			if err != nil {
				return err
			}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				return err
			}
			defer res.Body.Close()
			if res.StatusCode != http.StatusOK {
				return fmt.Errorf("not ready: %s", res.Status)
			}
			return nil
		},
	}
}

// loopback is where a server that listens on all addresses is reached from the same machine.
func loopback(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil || host != "" && host != "0.0.0.0" && host != "::" {
		return listen
	}
	return net.JoinHostPort("127.0.0.1", port)
}
