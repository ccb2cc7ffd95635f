package play

import (
	"context"
	"fmt"
	"slices"

	"secretariat/domain/plan"
	"secretariat/internal/sample"
	"secretariat/service/planning"
)

// departmentMail is the address of who acts for a department, counted from 1.
func departmentMail(n int) string { return fmt.Sprintf("department-%d@dx.example", n) }

// ownersOf are the departments that own something in the sample's plan, by name.
func ownersOf() ([]string, error) {
	s, err := sample.Load()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, n := range s.Plan.Nodes {
		out = append(out, n.Owner)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func mailsOf(owners []string) []string {
	var out []string
	for n := range owners {
		out = append(out, departmentMail(n+1))
	}
	return out
}

// staffed enters the departments into the register, each with somebody who acts for it and is asked for figures by letter.
func (c *cycle) staffed(owners []string) func(context.Context) error {
	return func(ctx context.Context) error {
		for n, name := range owners {
			mail := departmentMail(n + 1)
			if _, err := c.account(ctx, mail, name+" 담당"); err != nil {
				return err
			}
			var d plan.Department
			if err := c.secretary.post(ctx, "/departments", planning.AddDepartmentInput{Name: name}, &d); err != nil {
				return err
			}
			if err := c.secretary.post(ctx, "/departments/"+string(d.ID)+"/people", planning.BindInput{Email: mail}, nil); err != nil {
				return err
			}
			c.officers[name] = c.person(mail)
			if err := c.officers[name].signIn(ctx, mail, c.accounts[mail]); err != nil {
				return err
			}
		}
		c.say("담당부서 %d곳 등록", len(owners))
		return nil
	}
}
