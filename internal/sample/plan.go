package sample

import (
	"fmt"
	"io/fs"

	"secretariat/transport/plansheet"
)

// Plan is the sample's basic plan, which is being made.
type Plan struct {
	plansheet.Sheet
	Steps []PlanStep
}

// PlanStep is a step of making it that has been taken.
type PlanStep struct {
	Step string `yaml:"step"`
	Ref  string `yaml:"ref"`
}

// PlanFile is the file that the plan is loaded from, as the staff would write one.
const PlanFile = "data/plan.yaml"

// loadPlan reads the plan as its page imports it.
func loadPlan(from fs.FS) (Plan, error) {
	var steps struct {
		Steps []PlanStep `yaml:"steps"`
	}
	if err := decode(from, "data/plan_steps.yaml", &steps); err != nil {
		return Plan{}, err
	}
	raw, err := fs.ReadFile(from, PlanFile)
	if err != nil {
		return Plan{}, err
	}
	sheet, err := plansheet.Read(raw)
	if err != nil {
		err = fmt.Errorf("%s: %w", PlanFile, err)
	}
	return Plan{Sheet: sheet, Steps: steps.Steps}, err
}
